package ai.okchat.localcluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the finished requests of the API server, for tests that count requests. The API server
 * writes a line when a request is finished, which may be shortly after the client has the response;
 * a watch is finished when it ends.
 *
 * @param file one JSON object per line; does not exist before the first request
 */
public record AuditLog(Path file) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Returns all requests until now, oldest first. */
  public List<AuditEvent> events() {
    try {
      var text = Files.exists(file) ? Files.readString(file) : "";
      var events = new ArrayList<AuditEvent>();
      // The text after the last line break is an incomplete line.
      for (var line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
        events.add(parse(line));
      }
      return List.copyOf(events);
    } catch (IOException e) {
      throw new LocalClusterException("cannot read " + file, e);
    }
  }

  /** Returns the writes of clients whose user agent has this prefix. */
  public List<AuditEvent> writesBy(String userAgentPrefix) {
    return events().stream()
        .filter(AuditEvent::isWrite)
        .filter(event -> event.userAgent().startsWith(userAgentPrefix))
        .toList();
  }

  private static AuditEvent parse(String line) throws IOException {
    return AuditEvent.of(JSON.readTree(line));
  }
}
