package ai.okchat.localcluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the API server was asked, for tests that count requests. A line comes when its request is
 * finished, which may be a moment after the client has the answer; a watch is finished when it
 * ends.
 *
 * @param file one JSON object a line; not there before the first request
 */
public record AuditLog(Path file) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** All so far, oldest first. */
  public List<AuditEvent> events() {
    try {
      var text = Files.exists(file) ? Files.readString(file) : "";
      var events = new ArrayList<AuditEvent>();
      // What follows the last line break is a line that is just being written.
      for (var line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
        events.add(parse(line));
      }
      return List.copyOf(events);
    } catch (IOException e) {
      throw new LocalClusterException("cannot read " + file, e);
    }
  }

  /** Creates, updates, patches and deletes by clients whose user agent begins so. */
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
