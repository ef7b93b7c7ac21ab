package ai.okchat.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One chatbot as the backend returns it (SPEC 1.1), including fields that this version does not
 * know. All bots of an account are in memory and the fields of most are never read, so the fields
 * are stored as text.
 */
public final class Bot {

  private static final int WEIGHT = 400;
  private static final int WEIGHT_OF_LONG_TEXT = 400;

  private final String id;
  private final @Nullable String slug;
  private final @Nullable String organizationId;
  private final byte[] json;
  private final Map<String, LongText> longTexts;
  // Whether the JSON has no long text; otherwise each list would parse the known bots again.
  private final boolean isAbridged;

  /**
   * @param fields the complete object
   */
  public Bot(String id, @Nullable String slug, @Nullable String organizationId, ObjectNode fields) {
    this(id, slug, organizationId, Map.of(), Json.compact(fields), false);
  }

  private Bot(
      String id,
      @Nullable String slug,
      @Nullable String organizationId,
      Map<String, LongText> longTexts,
      byte[] json,
      boolean isAbridged) {
    this.id = id;
    this.slug = slug;
    this.organizationId = organizationId;
    this.json = json;
    this.longTexts = longTexts;
    this.isAbridged = isAbridged;
  }

  static Bot of(ObjectNode fields) throws UnusableResponseException {
    return new Bot(
        JsonFields.id(fields, "id"),
        JsonFields.shortTextOrNull(fields, "slug"),
        JsonFields.shortTextOrNull(fields, "organization_id"),
        fields);
  }

  /** Reads a bot as {@link #of} does, with digests instead of long texts. */
  static Bot listed(ObjectNode fields) throws UnusableResponseException {
    var bot =
        new Bot(
            JsonFields.id(fields, "id"),
            JsonFields.shortTextOrNull(fields, "slug"),
            JsonFields.shortTextOrNull(fields, "organization_id"),
            LongTexts.extractFrom(fields),
            Json.compact(fields),
            true);
    if (bot.weight() > ResponseLimits.KEPT_OF_BOT) {
      throw UnusableResponseException.aboveLimit(
          "has a chatbot of more than %d bytes besides its long texts"
              .formatted(ResponseLimits.KEPT_OF_BOT));
    }
    return bot;
  }

  /**
   * Returns the same bot with a {@link LongText} instead of each long text: enough to compare it,
   * for callers that store many bots.
   */
  public Bot abridged() {
    if (isAbridged) {
      return this;
    }
    var fields = Json.parsed(json);
    var texts = LongTexts.extractFrom(fields);
    return new Bot(
        id, slug, organizationId, texts, texts.isEmpty() ? json : Json.compact(fields), true);
  }

  /** Returns the approximate size in memory, in bytes. */
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

  /** Returns when the backend created the bot; empty if the backend does not report it. */
  public Optional<Instant> createdAt() {
    return Optional.ofNullable(JsonFields.timeOrNull(fields(), "created_at"));
  }

  /**
   * Parses the complete object at each call. In a listed bot, long texts are {@link
   * com.fasterxml.jackson.databind.node.POJONode}s of {@link LongText}, which can be compared but
   * not sent.
   */
  public ObjectNode fields() {
    var fields = Json.parsed(json);
    LongTexts.restoreInto(fields, longTexts);
    return fields;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other == this || (other instanceof Bot bot && isSameAs(bot));
  }

  private boolean isSameAs(Bot bot) {
    return id.equals(bot.id)
        && Objects.equals(slug, bot.slug)
        && Objects.equals(organizationId, bot.organizationId)
        && Arrays.equals(json, bot.json)
        && longTexts.equals(bot.longTexts);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  /** Omits the fields, because they contain the prompt. */
  @Override
  public String toString() {
    return "Bot[id=" + id + ", slug=" + slug + "]";
  }
}
