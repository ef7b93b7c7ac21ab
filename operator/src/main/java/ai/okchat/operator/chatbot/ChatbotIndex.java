package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.api.v1alpha1.RecordedBackend;
import ai.okchat.operator.backend.BackendHold;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.backend.BackendUsage;
import ai.okchat.operator.backend.BotOwners;
import ai.okchat.operator.shard.OtherShards;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds Chatbots in the informer's cache: by backend, by the bot's id, by slug. Where it matters
 * what the Chatbots of other operators hold, asks for that too.
 */
public final class ChatbotIndex implements BackendUsage, BotOwners {

  private static final String BY_BACKEND = "by-backend";
  private static final String BY_NAMESPACE = "by-namespace";
  private static final String BY_ID = "by-id";
  private static final String BY_SLUG = "by-slug";

  private final OtherShards elsewhere;
  private volatile @Nullable IndexerResourceCache<Chatbot> cache;

  public ChatbotIndex(OtherShards elsewhere) {
    this.elsewhere = elsewhere;
  }

  void attach(IndexerResourceCache<Chatbot> primaryCache) {
    primaryCache.addIndexer(BY_BACKEND, it -> List.of(BackendKey.of(it).toString()));
    primaryCache.addIndexer(BY_NAMESPACE, it -> List.of(it.getMetadata().getNamespace()));
    primaryCache.addIndexer(BY_ID, it -> Stream.ofNullable(statusId(it)).toList());
    primaryCache.addIndexer(BY_SLUG, it -> List.of(slug(it)));
    cache = primaryCache;
  }

  @Override
  public boolean isReferredTo(BackendKey backend) {
    return !referringTo(backend).isEmpty();
  }

  @Override
  public boolean isUsed(BackendKey backend) {
    return referringTo(backend).stream().anyMatch(it -> it.hasFinalizer(BackendHold.FINALIZER));
  }

  @Override
  public boolean isUsedElsewhere(BackendKey backend) {
    return elsewhere
        .find(it -> BackendKey.of(it).equals(backend) && it.hasFinalizer(BackendHold.FINALIZER))
        .isPresent();
  }

  Collection<Chatbot> referringTo(BackendKey backend) {
    return find(BY_BACKEND, backend.toString());
  }

  Collection<Chatbot> inNamespace(String namespace) {
    return find(BY_NAMESPACE, namespace);
  }

  Collection<Chatbot> withId(String id) {
    return find(BY_ID, id);
  }

  /**
   * Another object that has this ID from the same account, with precedence over this one.
   *
   * @param origin the backend object that the bot is reached through; other objects may reach it
   *     through another one, with another key
   */
  Optional<Chatbot> otherOwner(String id, Chatbot chatbot, RecordedBackend origin) {
    return withId(id).stream()
        .filter(other -> isOwnerBefore(id, other, chatbot, origin))
        .min(precedence(origin));
  }

  /** As {@link #otherOwner}, also among the objects of other shards: asks the API server. */
  Optional<Chatbot> otherOwnerAnywhere(String id, Chatbot chatbot, RecordedBackend origin) {
    return otherOwner(id, chatbot, origin)
        .or(() -> elsewhere.find(other -> isOwnerBefore(id, other, chatbot, origin)));
  }

  @Override
  public boolean isOwnedByAnother(Chatbot chatbot, RecordedBackend origin) {
    var id = statusId(chatbot);
    return id != null && otherOwner(id, chatbot, origin).isPresent();
  }

  @Override
  public boolean mayDelete(Chatbot chatbot) {
    return BotOwnership.mayDelete(chatbot);
  }

  private static boolean isOwnerBefore(
      String id, Chatbot other, Chatbot chatbot, RecordedBackend origin) {
    return isAnother(other, chatbot)
        && id.equals(statusId(other))
        && hasValidId(other, origin)
        && precedence(origin).compare(other, chatbot) < 0;
  }

  Collection<Chatbot> withSlug(String slug) {
    return find(BY_SLUG, slug);
  }

  /**
   * Another object that has precedence for this slug.
   *
   * @param isInAccount whether the record of an object counts in the account
   * @param origin the backend object that this one refers to
   */
  Optional<Chatbot> rivalFor(
      String slug, Chatbot chatbot, Predicate<Chatbot> isInAccount, RecordedBackend origin) {
    var precedence = precedence(origin);
    Predicate<Chatbot> isRival =
        other ->
            isAnother(other, chatbot)
                && isInAccount.test(other)
                && precedence.compare(other, chatbot) < 0;
    var rival = withSlug(slug).stream().filter(isRival).min(precedence);
    return rival.isPresent() || Claim.isDerived(slug, chatbot)
        ? rival
        : elsewhere.find(other -> slug(other).equals(slug) && isRival.test(other));
  }

  /** A valid recorded ID, then an own claim, then the older object, then the lower uid. */
  private static Comparator<Chatbot> precedence(RecordedBackend origin) {
    return Comparator.<Chatbot, Boolean>comparing(chatbot -> !hasValidId(chatbot, origin))
        .thenComparing(chatbot -> !hasOwnClaim(chatbot))
        .thenComparing(chatbot -> chatbot.getMetadata().getCreationTimestamp())
        .thenComparing(chatbot -> chatbot.getMetadata().getUid());
  }

  /** Another server can return any ID: it counts only at the URL that it was obtained from. */
  private static boolean hasValidId(Chatbot chatbot, RecordedBackend origin) {
    var backend = chatbot.getStatus() == null ? null : chatbot.getStatus().backend();
    return statusId(chatbot) != null
        && backend != null
        && origin.urlDigest().equals(backend.urlDigest())
        && BackendKey.of(chatbot).isNamedBy(backend);
  }

  /** On a shared account annotations prove nothing. */
  private static boolean hasOwnClaim(Chatbot chatbot) {
    return Claim.provedOn(chatbot).filter(claim -> claim.isBy(chatbot)).isPresent();
  }

  private static boolean isAnother(Chatbot one, Chatbot other) {
    return !one.getMetadata().getUid().equals(other.getMetadata().getUid());
  }

  private List<Chatbot> find(String index, String key) {
    var attached = cache;
    return attached == null ? List.of() : attached.byIndex(index, key);
  }

  /** The slug of its bot, or the one that it asks for. */
  static String slug(Chatbot chatbot) {
    var status = chatbot.getStatus();
    return Optional.ofNullable(status)
        .map(ChatbotStatus::slug)
        .or(() -> Claim.unresolvedOn(chatbot).map(Claim::slug))
        .orElseGet(() -> Claim.wantedSlug(chatbot));
  }

  private static @Nullable String statusId(Chatbot chatbot) {
    return chatbot.getStatus() == null ? null : chatbot.getStatus().id();
  }
}
