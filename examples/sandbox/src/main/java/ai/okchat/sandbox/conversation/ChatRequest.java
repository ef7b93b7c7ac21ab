package ai.okchat.sandbox.conversation;

import static ai.okchat.sandbox.http.Shapes.TEXT;

import ai.okchat.sandbox.http.ApiError;
import ai.okchat.sandbox.http.Call;
import ai.okchat.sandbox.http.Shape;
import ai.okchat.sandbox.http.Shapes;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A checked call of Chat.
 *
 * @param question the last message, which is the user's; earlier ones are the caller's affair
 */
record ChatRequest(
    String question,
    int promptLength,
    String platform,
    @Nullable String sessionToken,
    boolean stream) {
  private static final Shape BODY = Shapes.group(Map.of("platform", TEXT, "sessionToken", TEXT));
  private static final Shape MESSAGE = Shapes.group(Map.of("role", TEXT, "content", TEXT));

  static ChatRequest of(Call call) {
    var body = call.body(BODY);
    var messages = body.path("messages");
    if (!messages.isArray() || messages.isEmpty()) {
      throw ApiError.badRequest("messages", "required: an array of at least one message");
    }
    var promptLength = 0;
    for (var at = 0; at < messages.size(); at++) {
      promptLength += checked("messages[" + at + "]", messages.get(at)).length();
    }
    var last = messages.get(messages.size() - 1);
    if (!last.get("role").asText().equals("user")) {
      throw ApiError.badRequest(
          "messages[" + (messages.size() - 1) + "].role", "the last must be user");
    }
    return new ChatRequest(
        last.get("content").asText(),
        promptLength,
        orElse(body.path("platform").asText(), "web"),
        body.has("sessionToken") ? body.get("sessionToken").asText() : null,
        stream(call));
  }

  /** Text in the query (Q18); without it, the answer comes whole. */
  private static boolean stream(Call call) {
    return switch (call.query("stream").orElse("false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw ApiError.badRequest("stream", "must be true or false");
    };
  }

  private static String checked(String path, JsonNode message) {
    MESSAGE.check(path, message);
    for (var field : new String[] {"role", "content"}) {
      if (!message.has(field)) {
        throw ApiError.badRequest(path + "." + field, "required");
      }
    }
    return message.get("content").asText();
  }

  private static String orElse(String text, String otherwise) {
    return text.isBlank() ? otherwise : text;
  }
}
