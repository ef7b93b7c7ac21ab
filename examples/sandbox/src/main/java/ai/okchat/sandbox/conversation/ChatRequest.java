package ai.okchat.sandbox.conversation;

import static ai.okchat.sandbox.http.Shapes.TEXT;

import ai.okchat.sandbox.http.ApiError;
import ai.okchat.sandbox.http.Call;
import ai.okchat.sandbox.http.Shape;
import ai.okchat.sandbox.http.Shapes;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A checked Chat request.
 *
 * @param messages the last is the user's question; earlier ones are the history from the client
 */
public record ChatRequest(
    List<Message> messages, String platform, @Nullable String sessionToken, boolean stream) {
  private static final Shape BODY = Shapes.group(Map.of("platform", TEXT, "sessionToken", TEXT));
  private static final Shape MESSAGE = Shapes.group(Map.of("role", TEXT, "content", TEXT));

  public ChatRequest {
    messages = List.copyOf(messages);
  }

  /** One message; the role is system, user or assistant. */
  public record Message(String role, String content) {}

  static ChatRequest of(Call call) {
    var body = call.body(BODY);
    var messages = body.path("messages");
    if (!messages.isArray() || messages.isEmpty()) {
      throw ApiError.badRequest("messages", "required: an array of at least one message");
    }
    var parsed = new ArrayList<Message>();
    for (var at = 0; at < messages.size(); at++) {
      parsed.add(checked("messages[" + at + "]", messages.get(at)));
    }
    if (!parsed.getLast().role().equals("user")) {
      throw ApiError.badRequest(
          "messages[" + (messages.size() - 1) + "].role", "the last must be user");
    }
    return new ChatRequest(
        parsed,
        orElse(body.path("platform").asText(), "web"),
        body.has("sessionToken") ? body.get("sessionToken").asText() : null,
        stream(call));
  }

  String question() {
    return messages.getLast().content();
  }

  /** Returns the length of all messages in characters. */
  int length() {
    return messages.stream().mapToInt(message -> message.content().length()).sum();
  }

  /** Reads the flag from the query (Q18); without it, the answer is not streamed. */
  private static boolean stream(Call call) {
    return switch (call.query("stream").orElse("false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw ApiError.badRequest("stream", "must be true or false");
    };
  }

  private static Message checked(String path, JsonNode message) {
    MESSAGE.check(path, message);
    for (var field : new String[] {"role", "content"}) {
      if (!message.has(field)) {
        throw ApiError.badRequest(path + "." + field, "required");
      }
    }
    return new Message(message.get("role").asText(), message.get("content").asText());
  }

  private static String orElse(String text, String otherwise) {
    return text.isBlank() ? otherwise : text;
  }
}
