package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.api.v1alpha1.RecordedBackend;
import ai.okchat.operator.backend.BackendFinalizer;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.backend.BackendUsage;
import ai.okchat.operator.backend.BotOwners;
import ai.okchat.operator.kubernetes.HashIndex;
import ai.okchat.operator.shard.OtherShards;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds Chatbots in the informer's cache: by backend, by namespace, by the ID of the bot, by slug.
 * Reads the Chatbots of other operators too if they matter.
 */
public final class ChatbotIndex implements BackendUsage, BotOwners {

  private final HashIndex<Chatbot> byBackend =
      new HashIndex<>("by-backend", chatbot -> Optional.of(BackendKey.of(chatbot).toString()));
  private final HashIndex<Chatbot> byNamespace =
      new HashIndex<>("by-namespace", chatbot -> Optional.of(chatbot.getMetadata().getNamespace()));
  private final HashIndex<Chatbot> byId =
      new HashIndex<>("by-id", chatbot -> Optional.ofNullable(statusId(chatbot)));
  private final HashIndex<Chatbot> bySlug =
      new HashIndex<>("by-slug", chatbot -> Optional.of(slug(chatbot)));
  private final OtherShards elsewhere;

  public ChatbotIndex(OtherShards elsewhere) {
    this.elsewhere = elsewhere;
  }

  void attach(IndexerResourceCache<Chatbot> primaryCache) {
    byBackend.attach(primaryCache);
    byNamespace.attach(primaryCache);
    byId.attach(primaryCache);
    bySlug.attach(primaryCache);
  }

  @Override
  public boolean isReferredTo(BackendKey backend) {
    return byBackend.find(backend.toString()).findAny().isPresent();
  }

  @Override
  public boolean isUsed(BackendKey backend) {
    return byBackend
        .find(backend.toString())
        .anyMatch(chatbot -> chatbot.hasFinalizer(BackendFinalizer.FINALIZER));
  }

  @Override
  public boolean isUsedElsewhere(BackendKey backend) {
    return elsewhere
        .find(
            chatbot ->
                BackendKey.of(chatbot).equals(backend)
                    && chatbot.hasFinalizer(BackendFinalizer.FINALIZER))
        .isPresent();
  }

  Collection<Chatbot> referringTo(BackendKey backend) {
    return byBackend.find(backend.toString()).toList();
  }

  Collection<Chatbot> inNamespace(String namespace) {
    return byNamespace.find(namespace).toList();
  }

  Collection<Chatbot> withId(String id) {
    return byId.find(id).toList();
  }

  /**
   * Returns another object that has this ID from the same account, with precedence over this one.
   *
   * @param origin the backend object through which the operator reaches the bot; other objects may
   *     use another one, with another key
   */
  Optional<Chatbot> otherOwner(String id, Chatbot chatbot, RecordedBackend origin) {
    return withId(id).stream()
        .filter(other -> isOwnerBefore(id, other, chatbot, origin))
        .min(precedence(origin));
  }

  /**
   * Returns the same as {@link #otherOwner}, also from the objects of other shards, which it reads
   * from the API server.
   */
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
    return bySlug.find(slug).toList();
  }

  /**
   * Returns another object that has precedence for this slug.
   *
   * @param isInAccount whether the record of an object is valid in the account
   * @param origin the backend object that this one refers to
   */
  Optional<Chatbot> slugOwnerBefore(
      String slug, Chatbot chatbot, Predicate<Chatbot> isInAccount, RecordedBackend origin) {
    var precedence = precedence(origin);
    Predicate<Chatbot> hasPrecedence =
        other ->
            isAnother(other, chatbot)
                && isInAccount.test(other)
                && precedence.compare(other, chatbot) < 0;
    var owner = withSlug(slug).stream().filter(hasPrecedence).min(precedence);
    return owner.isPresent() || Claim.isDerived(slug, chatbot)
        ? owner
        : elsewhere.find(other -> slug(other).equals(slug) && hasPrecedence.test(other));
  }

  /**
   * Orders objects: a valid recorded ID first, then an own claim, then the older object, then the
   * lower uid.
   */
  private static Comparator<Chatbot> precedence(RecordedBackend origin) {
    return Comparator.<Chatbot, Boolean>comparing(chatbot -> !hasValidId(chatbot, origin))
        .thenComparing(chatbot -> !hasOwnClaim(chatbot))
        .thenComparing(chatbot -> chatbot.getMetadata().getCreationTimestamp())
        .thenComparing(chatbot -> chatbot.getMetadata().getUid());
  }

  /** An ID is valid only at the URL that returned it, since another server can return any ID. */
  private static boolean hasValidId(Chatbot chatbot, RecordedBackend origin) {
    var backend = chatbot.getStatus() == null ? null : chatbot.getStatus().backend();
    return statusId(chatbot) != null
        && backend != null
        && origin.urlDigest().equals(backend.urlDigest())
        && BackendKey.of(chatbot).isNamedBy(backend);
  }

  /** Ignores the annotations on a shared account: they prove nothing there. */
  private static boolean hasOwnClaim(Chatbot chatbot) {
    return Claim.provedOn(chatbot).filter(claim -> claim.isBy(chatbot)).isPresent();
  }

  private static boolean isAnother(Chatbot one, Chatbot other) {
    return !one.getMetadata().getUid().equals(other.getMetadata().getUid());
  }

  /** Returns the slug of the bot, or the claimed or desired one. */
  static String slug(Chatbot chatbot) {
    var status = chatbot.getStatus();
    return Optional.ofNullable(status)
        .map(ChatbotStatus::slug)
        .or(() -> Claim.unresolvedOn(chatbot).map(Claim::slug))
        .orElseGet(() -> Claim.desiredSlug(chatbot));
  }

  private static @Nullable String statusId(Chatbot chatbot) {
    return chatbot.getStatus() == null ? null : chatbot.getStatus().id();
  }
}
