package ai.okchat.operator.okchat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One talk with a bot, which the API also calls a session (SPEC 2.15, 2.16; Q13).
 *
 * @param platform e.g. {@code web}, {@code voice}, {@code whatsapp}
 * @param sessionToken what the caller of chat chose; the API calls it {@code sns_user_id}
 * @param state e.g. {@code in_progress}; older answers have none
 * @param humanMode a person has taken over from the bot
 * @param updatedAt time of the last message of the user
 */
public record Conversation(
    String id,
    String chatbotId,
    @Nullable String platform,
    @Nullable String sessionToken,
    @Nullable String state,
    boolean active,
    boolean humanMode,
    @Nullable LastMessage lastMessage,
    @Nullable Instant createdAt,
    @Nullable Instant updatedAt) {

  /**
   * The end of the talk. The API gives a text, an object or nothing, by platform.
   *
   * @param id and senderType only where it gives an object
   */
  public record LastMessage(
      @Nullable String content, @Nullable String id, @Nullable String senderType) {
    @Override
    public String toString() {
      return "LastMessage[id=" + id + ", senderType=" + senderType + "]";
    }
  }

  /** Without who it was with and what was said. */
  @Override
  public String toString() {
    return "Conversation[id=" + id + ", platform=" + platform + ", state=" + state + "]";
  }

  static Conversation of(ObjectNode fields) throws UnusableAnswerException {
    return new Conversation(
        Shape.id(fields, "id"),
        Shape.id(fields, "chatbot_id"),
        Shape.textOrNull(fields, "platform"),
        Shape.textOrNull(fields, "sns_user_id"),
        Shape.textOrNull(fields, "state"),
        fields.path("active").asBoolean(),
        fields.path("is_human_mode").asBoolean(),
        lastMessage(fields.path("last_message")),
        Shape.timeOrNull(fields, "created_at"),
        Shape.timeOrNull(fields, "updated_at"));
  }

  private static @Nullable LastMessage lastMessage(JsonNode message) {
    if (message.isTextual()) {
      return new LastMessage(message.textValue(), null, null);
    }
    return message.isObject()
        ? new LastMessage(
            Shape.textOrNull(message, "content"),
            Shape.textOrNull(message, "id"),
            Shape.textOrNull(message, "sender_type"))
        : null;
  }
}
