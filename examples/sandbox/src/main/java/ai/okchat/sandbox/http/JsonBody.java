package ai.okchat.sandbox.http;

import ai.okchat.sandbox.json.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** Reads a request body that must be a JSON object. Errors have the position, and no content. */
public final class JsonBody {
  private JsonBody() {}

  public static ObjectNode of(byte[] body) {
    try {
      if (unwrapped(Json.parse(body)) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      throw ApiError.badRequest(
          "body",
          "is not JSON: wrong at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr()));
    }
    throw ApiError.badRequest("body", "must be a JSON object");
  }

  /** The published example of Update Chatbot is a JSON text that contains commented JSON (Q4). */
  private static JsonNode unwrapped(JsonNode body) throws JsonProcessingException {
    return body.isTextual()
        ? Json.parseCommented(body.textValue().getBytes(StandardCharsets.UTF_8))
        : body;
  }
}
