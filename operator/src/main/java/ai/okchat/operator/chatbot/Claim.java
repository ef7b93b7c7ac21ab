package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a bot, decided and recorded on its object before the bot exists. The API has
 * neither an idempotency key nor a field of ours, so the slug is all that finds a bot again whose
 * id was lost.
 *
 * @param uid of the object that claimed the slug; null where the record of it was lost
 * @param at when; null likewise
 */
record Claim(String slug, @Nullable String uid, @Nullable Instant at) {

  static final String SLUG_ANNOTATION = "okchat.ai/slug";
  static final String CLAIM_ANNOTATION = "okchat.ai/claim";

  private static final int READABLE_LENGTH = 54;
  private static final int UID_LENGTH = 8;
  private static final Pattern DERIVED_END = Pattern.compile("-[0-9a-f]{8}");

  /** What the object's annotations say; empty where nothing was ever claimed. */
  static Optional<Claim> recordedOn(Chatbot chatbot) {
    var annotations = chatbot.getMetadata().getAnnotations();
    var slug = annotations == null ? null : annotations.get(SLUG_ANNOTATION);
    return slug == null || slug.isBlank()
        ? Optional.empty()
        : Optional.of(parse(slug, annotations.getOrDefault(CLAIM_ANNOTATION, "")));
  }

  /** A claim by this object, now. A slug that was recorded beats deriving it again. */
  static Claim by(Chatbot chatbot, Instant now) {
    var slug = recordedOn(chatbot).map(Claim::slug).orElseGet(() -> wantedSlug(chatbot));
    return new Claim(slug, chatbot.getMetadata().getUid(), now.truncatedTo(ChronoUnit.SECONDS));
  }

  /** The slug of the spec, or the one derived from namespace, name and uid. */
  static String wantedSlug(Chatbot chatbot) {
    var slug = chatbot.getSpec().slug();
    return slug != null
        ? slug
        : readablePart(chatbot) + "-" + chatbot.getMetadata().getUid().substring(0, UID_LENGTH);
  }

  /** Whether the slug has this very object's uid in it, so that no other object asks for it. */
  static boolean isDerived(String slug, Chatbot chatbot) {
    return chatbot.getSpec().slug() == null && slug.equals(wantedSlug(chatbot));
  }

  boolean isBy(Chatbot chatbot) {
    return chatbot.getMetadata().getUid().equals(uid);
  }

  /**
   * Whether this slug can only be meant for an object of this namespace and name. Holds for an
   * object that was restored under a new uid, not for one that annotations were copied to.
   */
  boolean fits(Chatbot chatbot) {
    return slug.equals(chatbot.getSpec().slug()) || isDerivedFor(chatbot);
  }

  Map<String, String> annotations() {
    return Map.of(SLUG_ANNOTATION, slug, CLAIM_ANNOTATION, uid + "@" + at);
  }

  private boolean isDerivedFor(Chatbot chatbot) {
    var readable = readablePart(chatbot);
    return slug.startsWith(readable)
        && DERIVED_END.matcher(slug.substring(readable.length())).matches();
  }

  private static String readablePart(Chatbot chatbot) {
    var metadata = chatbot.getMetadata();
    var whole = (metadata.getNamespace() + "-" + metadata.getName()).replace('.', '-');
    return whole.length() <= READABLE_LENGTH ? whole : whole.substring(0, READABLE_LENGTH);
  }

  private static Claim parse(String slug, String claim) {
    var at = claim.indexOf('@');
    if (at < 0) {
      return new Claim(slug, null, null);
    }
    try {
      return new Claim(slug, claim.substring(0, at), Instant.parse(claim.substring(at + 1)));
    } catch (DateTimeException e) {
      return new Claim(slug, claim.substring(0, at), null);
    }
  }
}
