package ai.okchat.operator.okchat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One chatbot as the backend shows it (SPEC 1.1), with whatever this version does not know of. All
 * bots of an account are in memory, and most are never looked into: the fields are kept as text.
 */
public final class Bot {

  private static final int WEIGHT = 400;
  private static final int WEIGHT_OF_LONG_TEXT = 400;

  private final String id;
  private final @Nullable String slug;
  private final @Nullable String organizationId;
  private final byte[] json;
  private final Map<String, LongText> longTexts;

  /**
   * @param fields the whole object
   */
  public Bot(String id, @Nullable String slug, @Nullable String organizationId, ObjectNode fields) {
    this(id, slug, organizationId, Json.compact(fields), Map.of());
  }

  private Bot(
      String id,
      @Nullable String slug,
      @Nullable String organizationId,
      Map<String, LongText> longTexts,
      ObjectNode rest) {
    this(id, slug, organizationId, Json.compact(rest), longTexts);
  }

  private Bot(
      String id,
      @Nullable String slug,
      @Nullable String organizationId,
      byte[] json,
      Map<String, LongText> longTexts) {
    this.id = id;
    this.slug = slug;
    this.organizationId = organizationId;
    this.json = json;
    this.longTexts = longTexts;
  }

  static Bot of(ObjectNode fields) throws UnusableAnswerException {
    return new Bot(
        Shape.id(fields, "id"),
        Shape.shortTextOrNull(fields, "slug"),
        Shape.shortTextOrNull(fields, "organization_id"),
        fields);
  }

  /** As {@link #of}, with digests in place of long texts. */
  static Bot listed(ObjectNode fields) throws UnusableAnswerException {
    var bot =
        new Bot(
            Shape.id(fields, "id"),
            Shape.shortTextOrNull(fields, "slug"),
            Shape.shortTextOrNull(fields, "organization_id"),
            LongTexts.takeOutOf(fields),
            fields);
    if (bot.weight() > AnswerLimits.KEPT_OF_BOT) {
      throw UnusableAnswerException.aboveLimit(
          "has a chatbot of more than %d bytes besides its long texts"
              .formatted(AnswerLimits.KEPT_OF_BOT));
    }
    return bot;
  }

  /**
   * The same bot with a {@link LongText} in place of each long text: enough to compare it, for who
   * keeps many.
   */
  public Bot abridged() {
    var fields = Json.parsed(json);
    var texts = LongTexts.takeOutOf(fields);
    if (texts.isEmpty()) {
      return this;
    }
    var all = new HashMap<>(longTexts);
    all.putAll(texts);
    return new Bot(id, slug, organizationId, Json.compact(fields), Map.copyOf(all));
  }

  /** About how many bytes of memory it takes. */
  public int weight() {
    var names = id.length() + length(slug) + length(organizationId);
    return WEIGHT + names + json.length + longTexts.size() * WEIGHT_OF_LONG_TEXT;
  }

  private static int length(@Nullable String name) {
    return name == null ? 0 : name.length();
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

  /**
   * The whole object, parsed again on each call. Of a listed one, long texts are {@link
   * com.fasterxml.jackson.databind.node.POJONode}s of {@link LongText}: to be compared, not sent.
   */
  public ObjectNode fields() {
    var fields = Json.parsed(json);
    LongTexts.putInto(fields, longTexts);
    return fields;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Bot bot
        && id.equals(bot.id)
        && Objects.equals(slug, bot.slug)
        && Objects.equals(organizationId, bot.organizationId)
        && Arrays.equals(json, bot.json)
        && longTexts.equals(bot.longTexts);
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
