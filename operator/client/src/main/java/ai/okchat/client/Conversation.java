package ai.okchat.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One conversation with a bot, which the API also calls a session (SPEC 2.15, 2.16; Q13).
 *
 * @param platform e.g. {@code web}, {@code voice}, {@code whatsapp}
 * @param sessionToken the token that the caller of chat chose; the API calls it {@code sns_user_id}
 * @param state e.g. {@code in_progress}; older responses have none
 * @param humanMode true if a human replies instead of the bot
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
   * The last message. The API returns a text, an object or nothing, depending on the platform.
   *
   * @param id and senderType null unless the API returns an object
   */
  public record LastMessage(
      @Nullable String content, @Nullable String id, @Nullable String senderType) {
    @Override
    public String toString() {
      return "LastMessage[id=" + id + ", senderType=" + senderType + "]";
    }
  }

  /** Omits the participant and the messages. */
  @Override
  public String toString() {
    return "Conversation[id=" + id + ", platform=" + platform + ", state=" + state + "]";
  }

  static Conversation of(ObjectNode fields) throws UnusableResponseException {
    return new Conversation(
        JsonFields.id(fields, "id"),
        JsonFields.id(fields, "chatbot_id"),
        JsonFields.textOrNull(fields, "platform"),
        JsonFields.textOrNull(fields, "sns_user_id"),
        JsonFields.textOrNull(fields, "state"),
        fields.path("active").asBoolean(),
        fields.path("is_human_mode").asBoolean(),
        lastMessage(fields.path("last_message")),
        JsonFields.timeOrNull(fields, "created_at"),
        JsonFields.timeOrNull(fields, "updated_at"));
  }

  private static @Nullable LastMessage lastMessage(JsonNode message) {
    if (message.isTextual()) {
      return new LastMessage(message.textValue(), null, null);
    }
    return message.isObject()
        ? new LastMessage(
            JsonFields.textOrNull(message, "content"),
            JsonFields.textOrNull(message, "id"),
            JsonFields.textOrNull(message, "sender_type"))
        : null;
  }
}
