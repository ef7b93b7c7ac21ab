package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.backend.BackendResolution;
import ai.okchat.operator.backend.BackendResolver;
import ai.okchat.operator.backend.BotOwners;
import ai.okchat.operator.backend.Connection;
import ai.okchat.operator.knowledge.ingestion.LinkedBot;
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
 * Resolves the bot of a KnowledgeSource from {@code status.id} of its Chatbot, independently of the
 * conditions of the Chatbot.
 */
final class ChatbotRefResolver {

  private static final Duration RECHECK = Duration.ofHours(1);

  private final BackendResolver connections;
  private final BotOwners owners;
  private final OtherShards otherShards;

  ChatbotRefResolver(BackendResolver connections, BotOwners owners, OtherShards otherShards) {
    this.connections = connections;
    this.owners = owners;
    this.otherShards = otherShards;
  }

  /**
   * Returns the bot that receives the documents.
   *
   * @param backends resolves a backend reference of this namespace
   */
  ChatbotRefResolution follow(
      KnowledgeSource source,
      Optional<Chatbot> chatbot,
      Function<BackendKey, BackendResolution> backends) {
    if (chatbot.isEmpty()) {
      return otherShards
          .find(source.getMetadata().getNamespace(), source.getSpec().chatbotRef().name())
          .map(other -> notCached(source, other))
          .orElseGet(() -> new ChatbotRefResolution.Gone(chatbotNotFound(source)));
    }
    var status = chatbot.get().getStatus();
    if (status == null || status.id() == null) {
      return new ChatbotRefResolution.Waiting(withoutBot(source), false);
    }
    if (chatbot.get().isMarkedForDeletion() && !source.isMarkedForDeletion()) {
      return new ChatbotRefResolution.Waiting(beingDeleted(source), false);
    }
    return resolve(source, chatbot.get(), status, backends.apply(BackendKey.of(chatbot.get())));
  }

  /**
   * Returns the bot in the status of the source, which has the documents even if the Chatbot has
   * changed or is gone.
   *
   * @param backends resolves a backend reference of this namespace
   */
  ChatbotRefResolution resolveRecorded(
      KnowledgeSource source,
      Optional<Chatbot> chatbot,
      Function<BackendKey, BackendResolution> backends) {
    var status = source.getStatus();
    var botId = status == null ? null : status.chatbotId();
    var recorded = status == null ? null : status.backend();
    if (botId == null || recorded == null) {
      return follow(source, chatbot, backends);
    }
    var key = KnowledgeIndex.backendOf(source).orElseThrow();
    return switch (backends.apply(key)) {
      case BackendResolution.Denied(var failure) ->
          new ChatbotRefResolution.Waiting(failure, false);
      case BackendResolution.Connected(var connection) ->
          connection.isOrigin(recorded)
              ? linked(connection, botId, status.organizationId(), null)
              : confirmed(source, chatbot, botId, backends);
      case BackendResolution.Unresolved(var failure) ->
          connections
              .lastGood(key)
              .filter(connection -> connection.isOrigin(recorded))
              .map(connection -> linked(connection, botId, status.organizationId(), failure))
              .orElseGet(() -> new ChatbotRefResolution.Waiting(failure, true));
    };
  }

  /**
   * Returns whether documents that an earlier object sent may be removed from the bot of this
   * Chatbot together with their source. The original Chatbot may still use the bot of a restored
   * one.
   */
  boolean mayRemoveFrom(Chatbot chatbot) {
    return owners.mayDelete(chatbot);
  }

  /**
   * Resolves through the Chatbot after the backend object has changed, if the Chatbot found the
   * same bot there.
   */
  private ChatbotRefResolution confirmed(
      KnowledgeSource source,
      Optional<Chatbot> chatbot,
      String botId,
      Function<BackendKey, BackendResolution> backends) {
    var isSame =
        chatbot.map(Chatbot::getStatus).filter(status -> botId.equals(status.id())).isPresent();
    return isSame
        ? follow(source, chatbot, backends)
        : new ChatbotRefResolution.Waiting(originChanged(botId), false);
  }

  /**
   * The Chatbot exists, so its bot may have documents, and the deletion of the source has to wait.
   */
  private static ChatbotRefResolution notCached(KnowledgeSource source, Chatbot chatbot) {
    var isOfOneShard = Shard.of(source).equals(Shard.of(chatbot));
    return new ChatbotRefResolution.Waiting(
        isOfOneShard ? withoutBot(source) : inOtherShard(source, chatbot), false);
  }

  private ChatbotRefResolution resolve(
      KnowledgeSource source, Chatbot chatbot, ChatbotStatus status, BackendResolution backend) {
    return switch (backend) {
      case BackendResolution.Denied(var failure) ->
          new ChatbotRefResolution.Waiting(failure, false);
      case BackendResolution.Connected(var connection) -> owned(connection, chatbot, status, null);
      case BackendResolution.Unresolved(var failure) ->
          connections
              .lastGood(BackendKey.of(chatbot))
              .filter(_ -> source.isMarkedForDeletion())
              .map(connection -> owned(connection, chatbot, status, failure))
              .orElseGet(() -> new ChatbotRefResolution.Waiting(failure, true));
    };
  }

  /**
   * Returns the bot if the Chatbot obtained its ID from this connection and no other Chatbot owns
   * it.
   */
  private ChatbotRefResolution owned(
      Connection connection,
      Chatbot chatbot,
      ChatbotStatus status,
      @Nullable Failure backendFailure) {
    return !connection.isOrigin(status.backend())
            || owners.isOwnedByAnother(chatbot, connection.origin())
        ? new ChatbotRefResolution.Waiting(notOwned(chatbot), false)
        : linked(
            connection,
            Objects.requireNonNull(status.id()),
            status.organizationId(),
            backendFailure);
  }

  private static ChatbotRefResolution linked(
      Connection connection,
      String botId,
      @Nullable String organizationId,
      @Nullable Failure backendFailure) {
    return connection.account().inventory().excludes(organizationId)
        ? new ChatbotRefResolution.Waiting(accountChanged(botId), false)
        : new ChatbotRefResolution.Linked(
            new LinkedBot(connection.inBackground(), botId, organizationId, backendFailure));
  }

  private static Failure chatbotNotFound(KnowledgeSource source) {
    return Failure.referenceNotFound(
        "spec.chatbotRef names the Chatbot %s, which does not exist in this namespace. Create it, or delete this object."
            .formatted(source.getSpec().chatbotRef().name()));
  }

  private static Failure inOtherShard(KnowledgeSource source, Chatbot chatbot) {
    return Failure.stalled(
        Reason.ReferenceNotPermitted,
        "The Chatbot %s is served by another operator: it has %s, and this object %s. Set the same label on both."
            .formatted(chatbot.getMetadata().getName(), Shard.of(chatbot), Shard.of(source)));
  }

  private static Failure withoutBot(KnowledgeSource source) {
    return Failure.waiting(
        Reason.WaitingForChatbot,
        "The Chatbot %s has no bot yet. The operator uploads the documents when its status.id is set."
            .formatted(source.getSpec().chatbotRef().name()),
        RECHECK);
  }

  private static Failure beingDeleted(KnowledgeSource source) {
    return Failure.waiting(
        Reason.WaitingForChatbot,
        "The Chatbot %s is being deleted. The operator uploads the documents when another Chatbot with this name exists."
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
        "The bot %s was obtained from another backend object or URL than the current one. Restore that backend."
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
