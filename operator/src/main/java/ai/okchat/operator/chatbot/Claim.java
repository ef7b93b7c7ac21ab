package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.RecordedClaim;
import ai.okchat.operator.backend.Account;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.okchat.Bot;
import ai.okchat.operator.status.ClaimAnnotation;
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
 * <p>Annotations hold the claim. Users can edit them, so while the create is not resolved {@code
 * status.claim} has precedence; on an account that namespaces share only the status counts.
 *
 * @param uid of the object that claimed the slug; null if the record of it was lost
 * @param at when; null likewise
 */
record Claim(String slug, @Nullable String uid, @Nullable Instant at) {

  static final String SLUG_ANNOTATION = "okchat.ai/slug";

  private static final int READABLE_LENGTH = 54;
  private static final int UID_LENGTH = 8;
  private static final Pattern DERIVED_END = Pattern.compile("-[0-9a-f]{8}");

  /** The claim in the annotations of the object; empty if nothing was ever claimed. */
  static Optional<Claim> recordedOn(Chatbot chatbot) {
    var annotations = chatbot.getMetadata().getAnnotations();
    var slug = annotations == null ? null : annotations.get(SLUG_ANNOTATION);
    if (slug == null || slug.isBlank()) {
      return Optional.empty();
    }
    var recorded = ClaimAnnotation.of(chatbot);
    return Optional.of(new Claim(slug, recorded.uid(), recorded.at()));
  }

  /** The claim of a create that is not resolved, from the place that proves it. */
  static Optional<Claim> unresolvedOn(Chatbot chatbot) {
    var status = ChatbotReport.before(chatbot);
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

  /** The claim that the bot of the object was created under, as far as it proves anything. */
  static Optional<Claim> provedOn(Chatbot chatbot) {
    return BackendKey.of(chatbot).isShared() ? unresolvedOn(chatbot) : recordedAnywhere(chatbot);
  }

  /** The claim of the status, or of the annotations whatever they prove. */
  static Optional<Claim> recordedAnywhere(Chatbot chatbot) {
    return unresolvedOn(chatbot).or(() -> recordedOn(chatbot));
  }

  /** A claim by this object, now. A recorded slug has precedence over deriving it again. */
  static Claim by(Chatbot chatbot, Instant now) {
    var slug = provedOn(chatbot).map(Claim::slug).orElseGet(() -> wantedSlug(chatbot));
    return new Claim(slug, chatbot.getMetadata().getUid(), now.truncatedTo(ChronoUnit.SECONDS));
  }

  /**
   * The claim of an object whose bot exists. The claim of an earlier object stays as it is: the
   * deletion has to know that another object created the bot.
   */
  static Claim of(Chatbot chatbot, Bot bot, BotOwnership.Basis basis, Instant now) {
    var recorded = recordedAnywhere(chatbot);
    var slug =
        bot.slug() != null
            ? bot.slug()
            : recorded.map(Claim::slug).orElseGet(() -> wantedSlug(chatbot));
    if (basis != BotOwnership.Basis.ADOPTED && recorded.isPresent()) {
      return new Claim(slug, recorded.get().uid(), recorded.get().at());
    }
    var uid = basis == BotOwnership.Basis.RESTORED ? null : chatbot.getMetadata().getUid();
    return new Claim(slug, uid, timeOf(chatbot, bot, now));
  }

  /** The slug of the spec, or the one derived from namespace, name and uid. */
  static String wantedSlug(Chatbot chatbot) {
    var slug = chatbot.getSpec().slug();
    return slug != null
        ? slug
        : readablePart(chatbot) + "-" + chatbot.getMetadata().getUid().substring(0, UID_LENGTH);
  }

  /** The slug that a bot of this object was asked for with; empty for a new object. */
  static Optional<String> recordedSlug(Chatbot chatbot) {
    var inStatus = Optional.ofNullable(ChatbotReport.before(chatbot).slug());
    return provedOn(chatbot).map(Claim::slug).or(() -> inStatus);
  }

  /** Whether the slug contains the uid of this object, so that no other object asks for it. */
  static boolean isDerived(String slug, Chatbot chatbot) {
    return chatbot.getSpec().slug() == null && slug.equals(wantedSlug(chatbot));
  }

  /**
   * Whether this slug can only be meant for an object of this namespace and name. Holds for an
   * object that was restored under a new uid, not for one that annotations were copied to.
   */
  static boolean fits(String slug, Chatbot chatbot) {
    return slug.equals(chatbot.getSpec().slug()) || isDerivedFor(slug, chatbot);
  }

  boolean isBy(Chatbot chatbot) {
    return chatbot.getMetadata().getUid().equals(uid);
  }

  /** The same with a time that can be waited for: a missing or future time counts as now. */
  Claim boundedBy(Instant now) {
    return at == null || at.isAfter(now)
        ? new Claim(slug, uid, now.truncatedTo(ChronoUnit.SECONDS))
        : this;
  }

  Map<String, String> annotations() {
    return Map.of(SLUG_ANNOTATION, slug, ClaimAnnotation.KEY, new ClaimAnnotation(uid, at).text());
  }

  /** For the status, before the create is sent to this account. */
  RecordedClaim sentTo(Account account) {
    var claimant = Objects.requireNonNull(uid);
    return recorded(
        account.id().digestFor(claimant), account.inventory().organizationId().orElse(null));
  }

  /** For the status, after a create of which only {@code before} or the annotations are known. */
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

  /** When the bot was created, if this object can have created it. */
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

  /** Namespace and name with single hyphens, as the backend asks for. */
  private static String readablePart(Chatbot chatbot) {
    var metadata = chatbot.getMetadata();
    var whole =
        (metadata.getNamespace() + "-" + metadata.getName())
            .replace('.', '-')
            .replaceAll("-+", "-");
    var cut = whole.length() <= READABLE_LENGTH ? whole : whole.substring(0, READABLE_LENGTH);
    return cut.endsWith("-") ? cut.substring(0, cut.length() - 1) : cut;
  }
}
