package ai.okchat.operator.okchat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * One chatbot as the backend shows it (SPEC 1.1).
 *
 * @param fields the whole object, with whatever this version does not know; a copy on each call
 */
public record Bot(
    String id, @Nullable String slug, @Nullable String organizationId, ObjectNode fields) {
  public Bot {
    fields = fields.deepCopy();
  }

  static Bot of(ObjectNode fields) throws UnusableAnswerException {
    return new Bot(
        Shape.id(fields, "id"),
        Shape.textOrNull(fields, "slug"),
        Shape.textOrNull(fields, "organization_id"),
        fields);
  }

  @Override
  public ObjectNode fields() {
    return fields.deepCopy();
  }

  /** Without the fields: they hold the prompt. */
  @Override
  public String toString() {
    return "Bot[id=" + id + ", slug=" + slug + "]";
  }
}
