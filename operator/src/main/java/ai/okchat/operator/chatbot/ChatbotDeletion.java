package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.DeletionPolicy;
import ai.okchat.operator.backend.BackendResolution;
import ai.okchat.operator.lifecycle.DeletionTimeout;
import ai.okchat.operator.lifecycle.EffectiveDeletionPolicy;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Requeue;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Deletes a Chatbot: its bot first, then the object. Reports the failure that blocks the deletion,
 * which blocks forever unless the access to the backend is lost or the object has a deletion
 * timeout.
 */
final class ChatbotDeletion {

  private static final String USER_ACTIONS =
      " Fix the cause, set spec.deletionPolicy: Orphan to orphan the bot, or limit the attempts with the annotation %s, for example 1h."
          .formatted(DeletionTimeout.ANNOTATION);

  private final BotRemoval removal;
  private final ChatbotObject object;
  private final ChatbotReceipt receipt;
  private final Clock clock;

  ChatbotDeletion(BotRemoval removal, ChatbotObject object, ChatbotReceipt receipt, Clock clock) {
    this.removal = removal;
    this.object = object;
    this.receipt = receipt;
    this.clock = clock;
  }

  /** Runs one step; does nothing to an object without the finalizer of the operator. */
  Requeue advance(Chatbot chatbot, BackendResolution backend, Optional<String> paused) {
    if (!ChatbotMetadata.hasFinalizer(chatbot)) {
      return Requeue.HOURLY;
    }
    if (needsNoBackend(chatbot)) {
      return orphanByPolicy(chatbot);
    }
    if (paused.isPresent()) {
      object.status().paused(chatbot, paused.get() + " The deletion waits.");
      return Requeue.HOURLY;
    }
    return apply(chatbot, removal.advance(chatbot, backend));
  }

  /** Reports the failure once; orphans the bot if the deletion timeout of the object is over. */
  Requeue blocked(Chatbot chatbot, Failure failure) {
    return blocked(chatbot, failure, DeletionTimeout.ofAnnotation(chatbot));
  }

  private Requeue blocked(Chatbot chatbot, Failure failure, Optional<Instant> deadline) {
    var now = clock.instant();
    if (DeletionTimeout.isOver(deadline, now)) {
      return orphanAfterTimeout(chatbot, failure.message());
    }
    var blocked =
        failure.blockingDeletion(
            "The bot cannot be deleted", USER_ACTIONS + DeletionTimeout.sentence(deadline));
    if (object.status().failed(chatbot, blocked)) {
      object.events().deletionBlocked(chatbot, blocked.message());
    }
    return DeletionTimeout.orSooner(failure.next(), deadline, now);
  }

  private boolean needsNoBackend(Chatbot chatbot) {
    var hasId = chatbot.getStatus() != null && chatbot.getStatus().id() != null;
    return object.status().deletionPolicy(chatbot) == DeletionPolicy.ORPHAN
        || (!hasId && Claim.unresolvedOn(chatbot).isEmpty());
  }

  private Requeue orphanByPolicy(Chatbot chatbot) {
    var id = chatbot.getStatus() == null ? null : chatbot.getStatus().id();
    if (id != null) {
      var field = EffectiveDeletionPolicy.field(chatbot.getSpec().deletionPolicy());
      object.events().orphaned(chatbot, "Orphaned the bot %s because of %s.".formatted(id, field));
    }
    object.metadata().removeFinalizer(chatbot);
    return Requeue.HOURLY;
  }

  private Requeue apply(Chatbot chatbot, BotRemoval.Verdict verdict) {
    return switch (verdict) {
      case BotRemoval.Verdict.Release(var deleted) -> {
        deleted.ifPresent(id -> object.events().deleted(chatbot, id));
        object.metadata().removeFinalizer(chatbot);
        yield Requeue.HOURLY;
      }
      case BotRemoval.Verdict.Orphan(var reason, var message) -> orphan(chatbot, reason, message);
      case BotRemoval.Verdict.Wait(var failure) -> blocked(chatbot, failure);
      case BotRemoval.Verdict.BackendUnreachable(var failure) ->
          blocked(chatbot, failure, Optional.of(DeletionTimeout.withoutBackend(chatbot)));
    };
  }

  private Requeue orphanAfterTimeout(Chatbot chatbot, String reason) {
    return orphan(
        chatbot,
        reason,
        "The deletion timed out, and the bot stays in the backend. The ConfigMap %s has the command"
            + " that deletes it.");
  }

  private Requeue orphan(Chatbot chatbot, String reason, String message) {
    var receiptName = receipt.write(chatbot, reason);
    object.events().orphaned(chatbot, message.formatted(receiptName));
    object.metadata().removeFinalizer(chatbot);
    return Requeue.HOURLY;
  }
}
