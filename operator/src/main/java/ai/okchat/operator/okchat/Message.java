package ai.okchat.operator.okchat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One turn of a conversation (SPEC 2.17).
 *
 * @param senderType {@code user} or {@code bot}; others may exist
 * @param content text, of a bot in Markdown
 * @param model that wrote it, of a bot
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

  /** A file that came with a message. */
  public record Attachment(String name, String url) {}

  public Message {
    attachments = List.copyOf(attachments);
  }

  static Message of(ObjectNode fields) throws UnusableAnswerException {
    return new Message(
        Shape.id(fields, "id"),
        Shape.id(fields, "session_id"),
        Shape.text(fields, "sender_type"),
        Shape.textOrNull(fields, "content"),
        fields.hasNonNull("attachments")
            ? Shape.list(fields, "attachments", Message::attachment)
            : List.of(),
        Shape.textOrNull(fields, "model"),
        Shape.textOrNull(fields, "provider"),
        Shape.timeOrNull(fields, "created_at"));
  }

  private static Attachment attachment(ObjectNode fields) throws UnusableAnswerException {
    return new Attachment(Shape.text(fields, "name"), Shape.text(fields, "url"));
  }

  /** Without the text. */
  @Override
  public String toString() {
    return "Message[id=" + id + ", senderType=" + senderType + "]";
  }
}
