package ai.okchat.sandbox.http;

import ai.okchat.sandbox.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A response as a value, so that it can be cut, replaced or recorded before a byte is sent.
 *
 * @param parts the body in the pieces in which it is flushed; more than one is a stream
 */
public record Reply(int status, Map<String, String> headers, List<byte[]> parts) {
  private static final String CONTENT_TYPE = "Content-Type";

  public Reply {
    headers = Map.copyOf(headers);
    parts = List.copyOf(parts);
  }

  public static Reply json(int status, JsonNode body) {
    return of(status, "application/json", Json.bytes(body));
  }

  public static Reply ok(JsonNode body) {
    return json(200, body);
  }

  public static Reply text(int status, String contentType, String body) {
    return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
  }

  public static Reply of(int status, String contentType, byte[] body) {
    return new Reply(status, Map.of(CONTENT_TYPE, contentType), List.of(body));
  }

  /** Returns a reply without body and content type. */
  public static Reply empty(int status) {
    return new Reply(status, Map.of(), List.of());
  }

  /** Returns a stream with one flush for each line. */
  public static Reply stream(Map<String, String> headers, List<String> lines) {
    var parts = lines.stream().map(line -> line.getBytes(StandardCharsets.UTF_8)).toList();
    return new Reply(200, headers, parts);
  }

  /** Adds headers, and replaces those with the same name. */
  public Reply withHeaders(Map<String, String> more) {
    var merged = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    merged.putAll(headers);
    merged.putAll(more);
    return new Reply(status, merged, parts);
  }
}
