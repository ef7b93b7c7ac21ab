package ai.okchat.operator.okchat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One chatbot as the backend shows it (SPEC 1.1), with whatever this version does not know of. All
 * bots of an account are in memory, and most are never looked into: the fields are kept as text.
 */
public final class Bot {

  private final String id;
  private final @Nullable String slug;
  private final @Nullable String organizationId;
  private final byte[] json;

  /**
   * @param fields the whole object
   */
  public Bot(String id, @Nullable String slug, @Nullable String organizationId, ObjectNode fields) {
    this.id = id;
    this.slug = slug;
    this.organizationId = organizationId;
    this.json = Json.compact(fields);
  }

  static Bot of(ObjectNode fields) throws UnusableAnswerException {
    return new Bot(
        Shape.id(fields, "id"),
        Shape.shortTextOrNull(fields, "slug"),
        Shape.shortTextOrNull(fields, "organization_id"),
        fields);
  }

  public String id() {
    return id;
  }

  public @Nullable String slug() {
    return slug;
  }

  public @Nullable String organizationId() {
    return organizationId;
  }

  /** When the backend created the bot; empty if it does not say so. */
  public Optional<Instant> createdAt() {
    return Optional.ofNullable(Shape.timeOrNull(fields(), "created_at"));
  }

  /** The whole object, parsed anew on each call. */
  public ObjectNode fields() {
    return Json.parsed(json);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Bot bot
        && id.equals(bot.id)
        && Objects.equals(slug, bot.slug)
        && Objects.equals(organizationId, bot.organizationId)
        && Arrays.equals(json, bot.json);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  /** Without the fields: they hold the prompt. */
  @Override
  public String toString() {
    return "Bot[id=" + id + ", slug=" + slug + "]";
  }
}
