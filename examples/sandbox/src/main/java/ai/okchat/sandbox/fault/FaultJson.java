package ai.okchat.sandbox.fault;

import static ai.okchat.sandbox.http.Shapes.TEXT;

import ai.okchat.sandbox.http.ApiError;
import ai.okchat.sandbox.http.Endpoint;
import ai.okchat.sandbox.http.Shape;
import ai.okchat.sandbox.http.Shapes;
import ai.okchat.sandbox.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads and writes the faults of {@code /sandbox/faults}. */
public final class FaultJson {
  private static final Map<String, Shape> FIELDS =
      Map.of(
          "endpoint",
          TEXT,
          "kind",
          TEXT,
          "status",
          Shapes.number(200, 599),
          "body",
          TEXT,
          "headers",
          Shapes.OBJECT,
          "delayMillis",
          Shapes.number(0, 3_600_000),
          "times",
          Shapes.number(-1, Integer.MAX_VALUE),
          "skip",
          Shapes.number(0, Integer.MAX_VALUE));

  public static final Shape SHAPE = Shapes.group(FIELDS);

  private FaultJson() {}

  /** Reads a fault that {@link #SHAPE} accepted. */
  public static Fault read(ObjectNode json) {
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!FIELDS.containsKey(name)) {
                throw ApiError.badRequest(name, "no such field");
              }
            });
    var kind = kind(json);
    var endpoint = endpoint(json, kind);
    return new Fault(
        endpoint,
        kind,
        response(json, kind),
        delay(json, kind),
        new Fault.Window(
            json.path("skip").asInt(0), json.path("times").asInt(Fault.UNTIL_CLEARED)));
  }

  public static ObjectNode write(Faults.Standing standing) {
    var fault = standing.fault();
    var endpoint = fault.endpoint();
    var json =
        Json.object()
            .put("id", standing.id())
            .put("endpoint", endpoint == null ? "*" : endpoint.wireName())
            .put("kind", fault.kind().wireName())
            .put("delayMillis", fault.delayMillis())
            .put("times", fault.window().times())
            .put("skip", fault.window().skip())
            .put("seen", standing.seen())
            .put("fired", standing.fired());
    var response = fault.answer();
    if (response != null) {
      json.put("status", response.status()).put("body", response.body());
      var headers = json.putObject("headers");
      response.headers().forEach(headers::put);
    }
    return json;
  }

  private static FaultKind kind(ObjectNode json) {
    return FaultKind.named(json.path("kind").asText())
        .orElseThrow(
            () ->
                ApiError.badRequest(
                    "kind",
                    "must be one of: "
                        + Arrays.stream(FaultKind.values())
                            .map(FaultKind::wireName)
                            .collect(Collectors.joining(", "))));
  }

  private static @Nullable Endpoint endpoint(ObjectNode json, FaultKind kind) {
    var name = json.path("endpoint").asText();
    if (name.equals("*")) {
      return null;
    }
    var endpoint =
        Endpoint.named(name)
            .orElseThrow(
                () -> ApiError.badRequest("endpoint", "must be * or one of: " + endpointNames()));
    if (kind == FaultKind.EMPTY_LIST && !EmptyList.ENDPOINTS.contains(endpoint)) {
      throw ApiError.badRequest("endpoint", name + " answers no list to be emptied");
    }
    return endpoint;
  }

  private static String endpointNames() {
    return Arrays.stream(Endpoint.values())
        .map(Endpoint::wireName)
        .collect(Collectors.joining(", "));
  }

  private static long delay(ObjectNode json, FaultKind kind) {
    var delay = json.path("delayMillis").asLong(0);
    if (kind == FaultKind.DELAY && delay == 0) {
      throw ApiError.badRequest("delayMillis", "required for a delay");
    }
    return delay;
  }

  private static Fault.@Nullable Answer response(ObjectNode json, FaultKind kind) {
    return switch (kind) {
      case STATUS -> {
        if (!json.has("status")) {
          throw ApiError.badRequest("status", "required, from 200 to 599");
        }
        yield response(json, "application/json", "{\"error\":\"Injected fault\"}");
      }
      case GARBAGE -> response(json, "application/json", "{\"chatbots\": [{\"id\": ");
      case HTML ->
          response(
              json,
              "text/html; charset=utf-8",
              "<!DOCTYPE html><html><body><h1>Just a moment...</h1></body></html>");
      case DELAY, CUT_BEFORE, CUT_AFTER, EMPTY_LIST, TRUNCATE -> null;
    };
  }

  private static Fault.Answer response(ObjectNode json, String contentType, String body) {
    var status = json.path("status").asInt(200);
    if (status == 204 || status == 304) {
      throw ApiError.badRequest("status", status + " has no body: take another");
    }
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Content-Type", contentType);
    json.path("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), headerValue(header)));
    return new Fault.Answer(status, headers, json.path("body").asText(body));
  }

  private static String headerValue(Map.Entry<String, JsonNode> header) {
    if (header.getValue().isValueNode()) {
      return header.getValue().asText();
    }
    throw ApiError.badRequest("headers." + header.getKey(), "must be text");
  }
}
