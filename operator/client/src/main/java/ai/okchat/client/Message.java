package ai.okchat.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message of a conversation (SPEC 2.17).
 *
 * @param senderType {@code user} or {@code bot}; others may exist
 * @param content text; Markdown if a bot sent it
 * @param model that generated it, if a bot sent it
 */
public record Message(
    String id,
    String sessionId,
    String senderType,
    @Nullable String content,
    List<Attachment> attachments,
    @Nullable String model,
    @Nullable String provider,
    @Nullable Instant createdAt) {

  /** A file that is attached to a message. */
  public record Attachment(String name, String url) {}

  public Message {
    attachments = List.copyOf(attachments);
  }

  static Message of(ObjectNode fields) throws UnusableResponseException {
    return new Message(
        JsonFields.id(fields, "id"),
        JsonFields.id(fields, "session_id"),
        JsonFields.text(fields, "sender_type"),
        JsonFields.textOrNull(fields, "content"),
        fields.hasNonNull("attachments")
            ? JsonFields.list(fields, "attachments", Message::attachment)
            : List.of(),
        JsonFields.textOrNull(fields, "model"),
        JsonFields.textOrNull(fields, "provider"),
        JsonFields.timeOrNull(fields, "created_at"));
  }

  private static Attachment attachment(ObjectNode fields) throws UnusableResponseException {
    return new Attachment(JsonFields.text(fields, "name"), JsonFields.text(fields, "url"));
  }

  /** Omits the text. */
  @Override
  public String toString() {
    return "Message[id=" + id + ", senderType=" + senderType + "]";
  }
}
