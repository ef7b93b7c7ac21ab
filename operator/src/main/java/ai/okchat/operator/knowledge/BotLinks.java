package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.backend.BotOwners;
import ai.okchat.operator.backend.Connection;
import ai.okchat.operator.backend.Connections;
import ai.okchat.operator.backend.Resolution;
import ai.okchat.operator.shard.OtherShards;
import ai.okchat.operator.shard.Shard;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Follows a KnowledgeSource to its bot: by the value {@code status.id} of the Chatbot, whatever its
 * conditions say.
 */
final class BotLinks {

  private static final Duration RECHECK = Duration.ofHours(1);

  private final Connections connections;
  private final BotOwners owners;
  private final OtherShards elsewhere;

  BotLinks(Connections connections, BotOwners owners, OtherShards elsewhere) {
    this.connections = connections;
    this.owners = owners;
    this.elsewhere = elsewhere;
  }

  /**
   * The bot that the documents go to.
   *
   * @param backends what a reference of this namespace to a backend leads to
   */
  BotLink follow(
      KnowledgeSource source,
      Optional<Chatbot> chatbot,
      Function<BackendKey, Resolution> backends) {
    if (chatbot.isEmpty()) {
      return elsewhere
          .find(source.getMetadata().getNamespace(), source.getSpec().chatbotRef().name())
          .map(other -> unseen(source, other))
          .orElseGet(() -> new BotLink.Gone(chatbotNotFound(source)));
    }
    var status = chatbot.get().getStatus();
    if (status == null || status.id() == null) {
      return new BotLink.Waiting(withoutBot(source), false);
    }
    if (chatbot.get().isMarkedForDeletion() && !source.isMarkedForDeletion()) {
      return new BotLink.Waiting(goingAway(source), false);
    }
    return resolve(source, chatbot.get(), status, backends.apply(BackendKey.of(chatbot.get())));
  }

  /**
   * The bot that holds the documents, by the record of the source: whatever became of its Chatbot,
   * the documents are there.
   */
  BotLink followRecord(
      KnowledgeSource source,
      Optional<Chatbot> chatbot,
      Function<BackendKey, Resolution> backends) {
    var status = source.getStatus();
    var botId = status == null ? null : status.chatbotId();
    var recorded = status == null ? null : status.backend();
    if (botId == null || recorded == null) {
      return follow(source, chatbot, backends);
    }
    var key = KnowledgeIndex.backendOf(source).orElseThrow();
    return switch (backends.apply(key)) {
      case Resolution.Denied(var failure) -> new BotLink.Waiting(failure, false);
      case Resolution.Connected(var connection) ->
          connection.isOrigin(recorded)
              ? linked(connection, botId, status.organizationId(), null)
              : confirmed(source, chatbot, botId, backends);
      case Resolution.Unresolved(var failure) ->
          connections
              .lastGood(key)
              .filter(connection -> connection.isOrigin(recorded))
              .map(connection -> linked(connection, botId, status.organizationId(), failure))
              .orElseGet(() -> new BotLink.Waiting(failure, true));
    };
  }

  /**
   * Whether documents that an earlier object sent may be removed from the bot of this Chatbot with
   * their source. The bot of a restored Chatbot may still be used by the original.
   */
  boolean mayRemoveFrom(Chatbot chatbot) {
    return owners.mayDelete(chatbot);
  }

  /** The backend object is another one now: the Chatbot has to have found the same bot there. */
  private BotLink confirmed(
      KnowledgeSource source,
      Optional<Chatbot> chatbot,
      String botId,
      Function<BackendKey, Resolution> backends) {
    var isSame =
        chatbot.map(Chatbot::getStatus).filter(status -> botId.equals(status.id())).isPresent();
    return isSame
        ? follow(source, chatbot, backends)
        : new BotLink.Waiting(originChanged(botId), false);
  }

  /** It is there, so it may have documents: an object that goes must not go without them. */
  private static BotLink unseen(KnowledgeSource source, Chatbot chatbot) {
    var isOfOneShard = Shard.of(source).equals(Shard.of(chatbot));
    return new BotLink.Waiting(
        isOfOneShard ? withoutBot(source) : inOtherShard(source, chatbot), false);
  }

  private BotLink resolve(
      KnowledgeSource source, Chatbot chatbot, ChatbotStatus status, Resolution backend) {
    return switch (backend) {
      case Resolution.Denied(var failure) -> new BotLink.Waiting(failure, false);
      case Resolution.Connected(var connection) -> owned(connection, chatbot, status, null);
      case Resolution.Unresolved(var failure) ->
          connections
              .lastGood(BackendKey.of(chatbot))
              .filter(_ -> source.isMarkedForDeletion())
              .map(connection -> owned(connection, chatbot, status, failure))
              .orElseGet(() -> new BotLink.Waiting(failure, true));
    };
  }

  /**
   * The ID counts only where the Chatbot obtained it, and only if no other Chatbot owns the bot.
   */
  private BotLink owned(
      Connection connection, Chatbot chatbot, ChatbotStatus status, @Nullable Failure wayGone) {
    return !connection.isOrigin(status.backend())
            || owners.isOwnedByAnother(chatbot, connection.origin())
        ? new BotLink.Waiting(notOwned(chatbot), false)
        : linked(connection, Objects.requireNonNull(status.id()), status.organizationId(), wayGone);
  }

  private static BotLink linked(
      Connection connection,
      String botId,
      @Nullable String organizationId,
      @Nullable Failure wayGone) {
    return connection.account().inventory().excludes(organizationId)
        ? new BotLink.Waiting(accountChanged(botId), false)
        : new BotLink.Linked(connection.inBackground(), botId, organizationId, wayGone);
  }

  private static Failure chatbotNotFound(KnowledgeSource source) {
    return Failure.referenceNotFound(
        "spec.chatbotRef names the Chatbot %s, which does not exist in this namespace. Create it, or delete this object."
            .formatted(source.getSpec().chatbotRef().name()));
  }

  private static Failure inOtherShard(KnowledgeSource source, Chatbot chatbot) {
    return Failure.stalled(
        Reason.ReferenceNotPermitted,
        "The Chatbot %s is served by another operator: it has %s, and this object %s. Give both the same."
            .formatted(chatbot.getMetadata().getName(), Shard.of(chatbot), Shard.of(source)));
  }

  private static Failure withoutBot(KnowledgeSource source) {
    return Failure.waiting(
        Reason.WaitingForChatbot,
        "The Chatbot %s has no bot yet; the documents follow as soon as its status.id is there."
            .formatted(source.getSpec().chatbotRef().name()),
        RECHECK);
  }

  private static Failure goingAway(KnowledgeSource source) {
    return Failure.waiting(
        Reason.WaitingForChatbot,
        "The Chatbot %s is being deleted; the documents wait for another of this name."
            .formatted(source.getSpec().chatbotRef().name()),
        RECHECK);
  }

  private static Failure accountChanged(String botId) {
    return Failure.stalled(
        Reason.AccountChanged,
        "The API key opens another account than the one with the bot %s. Restore the key of that account."
            .formatted(botId));
  }

  private static Failure originChanged(String botId) {
    return Failure.stalled(
        Reason.AccountChanged,
        "The bot %s was reached through another backend object or URL than the one that exists now. Restore that backend."
            .formatted(botId));
  }

  private static Failure notOwned(Chatbot chatbot) {
    return Failure.waiting(
        Reason.WaitingForChatbot,
        "The Chatbot %s does not own the bot in its status. See the conditions of the Chatbot."
            .formatted(chatbot.getMetadata().getName()),
        RECHECK);
  }

  static Failure backendNotFound(BackendKey backend) {
    return Failure.referenceNotFound(
        "The %s does not exist or is not served. See the conditions of the Chatbot."
            .formatted(backend));
  }
}
