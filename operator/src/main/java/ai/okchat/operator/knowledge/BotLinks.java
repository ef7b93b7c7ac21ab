package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.backend.Connection;
import ai.okchat.operator.backend.Connections;
import ai.okchat.operator.backend.Resolution;
import ai.okchat.operator.shard.OtherShards;
import ai.okchat.operator.shard.Shard;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Follows a KnowledgeSource to its bot: by the value {@code status.id} of the Chatbot, whatever its
 * conditions say.
 */
final class BotLinks {

  private static final Duration RECHECK = Duration.ofHours(1);

  private final Connections connections;
  private final OtherShards elsewhere;

  BotLinks(Connections connections, OtherShards elsewhere) {
    this.connections = connections;
    this.elsewhere = elsewhere;
  }

  /**
   * Follows.
   *
   * @param backends what the reference of a chatbot leads to
   */
  BotLink follow(
      KnowledgeSource source, Optional<Chatbot> chatbot, Function<Chatbot, Resolution> backends) {
    if (chatbot.isEmpty()) {
      return elsewhere
          .find(source.getMetadata().getNamespace(), source.getSpec().chatbotRef().name())
          .map(it -> unseen(source, it))
          .orElseGet(() -> new BotLink.Gone(chatbotNotFound(source)));
    }
    var status = chatbot.get().getStatus();
    var botId = status == null ? null : status.id();
    if (botId == null) {
      return new BotLink.Waiting(withoutBot(source), false);
    }
    if (chatbot.get().isMarkedForDeletion() && !source.isMarkedForDeletion()) {
      return new BotLink.Waiting(goingAway(source), false);
    }
    return resolve(source, chatbot.get(), backends.apply(chatbot.get()), botId);
  }

  /** It is there, so it may have documents: an object that goes must not go without them. */
  private static BotLink unseen(KnowledgeSource source, Chatbot chatbot) {
    var isOfOneShard = Shard.of(source).equals(Shard.of(chatbot));
    return new BotLink.Waiting(
        isOfOneShard ? withoutBot(source) : inOtherShard(source, chatbot), false);
  }

  private BotLink resolve(
      KnowledgeSource source, Chatbot chatbot, Resolution backend, String botId) {
    var key = BackendKey.of(chatbot);
    return switch (backend) {
      case Resolution.Denied(var failure) -> new BotLink.Waiting(failure, false);
      case Resolution.Connected(var connection) -> linked(connection, chatbot, botId);
      case Resolution.Unresolved(var failure) ->
          connections
              .lastGood(key)
              .filter(_ -> source.isMarkedForDeletion())
              .map(connection -> linked(connection, chatbot, botId))
              .orElseGet(() -> new BotLink.Waiting(failure, true));
    };
  }

  /** The id of a bot means nothing in another account. */
  private static BotLink linked(Connection connection, Chatbot chatbot, String botId) {
    var recorded = chatbot.getStatus().organizationId();
    var found = connection.account().inventory().organizationId();
    return recorded != null && found.isPresent() && !found.get().equals(recorded)
        ? new BotLink.Waiting(accountChanged(chatbot), false)
        : new BotLink.Linked(connection.inBackground(), botId);
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

  private static Failure accountChanged(Chatbot chatbot) {
    return Failure.stalled(
        Reason.AccountChanged,
        "The API key of the Chatbot %s opens another account now than the one with its bot. See the Chatbot's conditions for the ways out."
            .formatted(chatbot.getMetadata().getName()));
  }

  static Failure backendNotFound(Chatbot chatbot) {
    return Failure.referenceNotFound(
        "The Chatbot %s refers to a backend that does not exist or is not served. See the Chatbot's conditions."
            .formatted(chatbot.getMetadata().getName()));
  }
}
