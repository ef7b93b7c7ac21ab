package ai.okchat.operator.okchat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question to a bot (SPEC 2.14).
 *
 * @param messages the whole talk so far, the question last: the backend adds no earlier turns
 * @param platform e.g. {@code web}; null leaves it out
 * @param sessionToken any text of the caller's; the same one means the same conversation
 */
public record ChatRequest(List<Message> messages, @Nullable String platform, String sessionToken) {

  /** One turn; the only role seen is {@code user}. */
  public record Message(String role, String content) {
    @Override
    public String toString() {
      return "Message[" + role + ", " + content.length() + " characters]";
    }
  }

  public ChatRequest {
    messages = List.copyOf(messages);
  }

  /** One question without a history, as from the web widget. */
  public static ChatRequest question(String text, String sessionToken) {
    return new ChatRequest(List.of(new Message("user", text)), "web", sessionToken);
  }
}
