package ai.okchat.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question to a bot (SPEC 2.14).
 *
 * @param messages the complete conversation, the question last: the backend adds no earlier
 *     messages
 * @param platform e.g. {@code web}; null omits it
 * @param sessionToken a text that the caller chooses; the same text means the same conversation
 */
public record ChatRequest(List<Message> messages, @Nullable String platform, String sessionToken) {

  /** One message of the conversation; the only observed role is {@code user}. */
  public record Message(String role, String content) {
    @Override
    public String toString() {
      return "Message[" + role + ", " + content.length() + " characters]";
    }
  }

  public ChatRequest {
    messages = List.copyOf(messages);
  }

  /** Creates one question without a history, as the web widget sends it. */
  public static ChatRequest question(String text, String sessionToken) {
    return new ChatRequest(List.of(new Message("user", text)), "web", sessionToken);
  }
}
