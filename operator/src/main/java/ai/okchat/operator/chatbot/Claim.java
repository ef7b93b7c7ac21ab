package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.RecordedClaim;
import ai.okchat.client.Bot;
import ai.okchat.operator.account.Account;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.lifecycle.ClaimAnnotation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The recorded intent to create the bot with this slug, written before the bot exists. The API has
 * neither an idempotency key nor a metadata field, so the slug alone finds a bot again whose ID was
 * lost.
 *
 * <p>Annotations contain the claim. Users can edit them, so while the create is not resolved {@code
 * status.claim} has precedence; on an account that namespaces share only the status counts.
 *
 * @param uid of the object that claimed the slug; null if the record of it was lost
 * @param at the time of the claim; null likewise
 */
record Claim(String slug, @Nullable String uid, @Nullable Instant at) {

  static final String SLUG_ANNOTATION = "okchat.ai/slug";

  private static final int READABLE_LENGTH = 54;
  private static final int UID_LENGTH = 8;
  private static final Pattern SEPARATORS = Pattern.compile("[-.]+");
  private static final Pattern DERIVED_END = Pattern.compile("-[0-9a-f]{8}");

  /** Returns the claim in the annotations of the object; empty if it never claimed a slug. */
  static Optional<Claim> recordedOn(Chatbot chatbot) {
    var annotations = chatbot.getMetadata().getAnnotations();
    var slug = annotations == null ? null : annotations.get(SLUG_ANNOTATION);
    if (slug == null || slug.isBlank()) {
      return Optional.empty();
    }
    var recorded = ClaimAnnotation.of(chatbot);
    return Optional.of(new Claim(slug, recorded.uid(), recorded.at()));
  }

  /** Returns the claim of a create that is not resolved, from the place that proves it. */
  static Optional<Claim> unresolvedOn(Chatbot chatbot) {
    var status = ChatbotStatusFactory.before(chatbot);
    if (status.id() != null) {
      return Optional.empty();
    }
    var inStatus =
        Optional.ofNullable(status.claim())
            .map(claim -> new Claim(claim.slug(), claim.uid(), ClaimAnnotation.time(claim.at())));
    return inStatus.isPresent() || BackendKey.of(chatbot).isShared()
        ? inStatus
        : recordedOn(chatbot);
  }

  /** Returns the claim that the bot of the object was created under, if it proves the ownership. */
  static Optional<Claim> provedOn(Chatbot chatbot) {
    return BackendKey.of(chatbot).isShared() ? unresolvedOn(chatbot) : recordedAnywhere(chatbot);
  }

  /** Returns the claim in the status, or in the annotations even if they prove nothing. */
  static Optional<Claim> recordedAnywhere(Chatbot chatbot) {
    return unresolvedOn(chatbot).or(() -> recordedOn(chatbot));
  }

  /** Returns a new claim by this object. A recorded slug has precedence over a derived one. */
  static Claim by(Chatbot chatbot, Instant now) {
    var slug = provedOn(chatbot).map(Claim::slug).orElseGet(() -> desiredSlug(chatbot));
    return new Claim(slug, chatbot.getMetadata().getUid(), now.truncatedTo(ChronoUnit.SECONDS));
  }

  /**
   * Returns the claim of an object whose bot exists. Keeps the claim of an earlier object: the
   * deletion has to know that another object created the bot.
   */
  static Claim of(Chatbot chatbot, Bot bot, BotOwnership.Basis basis, Instant now) {
    var recorded = recordedAnywhere(chatbot);
    var slug =
        bot.slug() != null
            ? bot.slug()
            : recorded.map(Claim::slug).orElseGet(() -> desiredSlug(chatbot));
    if (basis != BotOwnership.Basis.ADOPTED && recorded.isPresent()) {
      return new Claim(slug, recorded.get().uid(), recorded.get().at());
    }
    var uid = basis == BotOwnership.Basis.RESTORED ? null : chatbot.getMetadata().getUid();
    return new Claim(slug, uid, timeOf(chatbot, bot, now));
  }

  /** Returns the slug of the spec, or the one derived from namespace, name and uid. */
  static String desiredSlug(Chatbot chatbot) {
    var slug = chatbot.getSpec().slug();
    return slug != null
        ? slug
        : readablePart(chatbot) + "-" + chatbot.getMetadata().getUid().substring(0, UID_LENGTH);
  }

  /** Returns the recorded slug of the bot of this object; empty for a new object. */
  static Optional<String> recordedSlug(Chatbot chatbot) {
    var inStatus = Optional.ofNullable(ChatbotStatusFactory.before(chatbot).slug());
    return provedOn(chatbot).map(Claim::slug).or(() -> inStatus);
  }

  /** Returns whether the slug contains the uid of this object, so that no other object uses it. */
  static boolean isDerived(String slug, Chatbot chatbot) {
    return chatbot.getSpec().slug() == null && slug.equals(desiredSlug(chatbot));
  }

  /**
   * Returns whether this slug fits only an object of this namespace and name. True for an object
   * that was restored under a new uid, not for one that annotations were copied to.
   */
  static boolean fits(String slug, Chatbot chatbot) {
    return slug.equals(chatbot.getSpec().slug()) || isDerivedFor(slug, chatbot);
  }

  boolean isBy(Chatbot chatbot) {
    return chatbot.getMetadata().getUid().equals(uid);
  }

  /** Returns the claim with a time that is not in the future: a missing or later time is now. */
  Claim boundedBy(Instant now) {
    return at == null || at.isAfter(now)
        ? new Claim(slug, uid, now.truncatedTo(ChronoUnit.SECONDS))
        : this;
  }

  Map<String, String> annotations() {
    return Map.of(SLUG_ANNOTATION, slug, ClaimAnnotation.KEY, new ClaimAnnotation(uid, at).text());
  }

  /** Returns the record for the status, before the create is sent to this account. */
  RecordedClaim sentTo(Account account) {
    var claimant = Objects.requireNonNull(uid);
    return recorded(
        account.id().digestFor(claimant), account.inventory().organizationId().orElse(null));
  }

  /**
   * Returns the record for the status after an earlier create, of which only {@code before} or the
   * annotations are known.
   */
  RecordedClaim sentBefore(@Nullable RecordedClaim before) {
    return before == null
        ? recorded(null, null)
        : recorded(before.account(), before.organizationId());
  }

  private RecordedClaim recorded(@Nullable String account, @Nullable String organizationId) {
    return new RecordedClaim(
        slug,
        uid == null ? ClaimAnnotation.UNKNOWN : uid,
        String.valueOf(at),
        account,
        organizationId);
  }

  /** Returns the creation time of the bot if this object can have created it, otherwise now. */
  private static Instant timeOf(Chatbot chatbot, Bot bot, Instant now) {
    var created = Instant.parse(chatbot.getMetadata().getCreationTimestamp());
    return bot.createdAt()
        .filter(time -> !time.isBefore(created) && time.isBefore(now))
        .orElse(now)
        .truncatedTo(ChronoUnit.SECONDS);
  }

  private static boolean isDerivedFor(String slug, Chatbot chatbot) {
    var readable = readablePart(chatbot);
    return chatbot.getSpec().slug() == null
        && slug.startsWith(readable)
        && DERIVED_END.matcher(slug.substring(readable.length())).matches();
  }

  /** Returns namespace and name with single hyphens, as the backend requires. */
  private static String readablePart(Chatbot chatbot) {
    var metadata = chatbot.getMetadata();
    var joined = metadata.getNamespace() + "-" + metadata.getName();
    var whole = SEPARATORS.matcher(joined).replaceAll("-");
    var cut = whole.length() <= READABLE_LENGTH ? whole : whole.substring(0, READABLE_LENGTH);
    return cut.endsWith("-") ? cut.substring(0, cut.length() - 1) : cut;
  }
}
