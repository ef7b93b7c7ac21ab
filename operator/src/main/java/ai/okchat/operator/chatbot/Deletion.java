package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.DeletionPolicy;
import ai.okchat.operator.backend.Resolution;
import ai.okchat.operator.status.Deadline;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Next;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * The end of a Chatbot: its bot first, then the object. What blocks it is said, and it blocks for
 * ever unless the way to the backend is gone for good or the object allows giving up.
 */
final class Deletion {

  private static final String WAYS_OUT =
      " Fix that; or set spec.deletionPolicy: Orphan to leave the bot where it is; or limit the attempts with the annotation %s, for example 1h."
          .formatted(Deadline.ANNOTATION);

  private final BotRemoval removal;
  private final ChatbotObject object;
  private final OrphanReceipt receipt;
  private final Clock clock;

  Deletion(BotRemoval removal, ChatbotObject object, OrphanReceipt receipt, Clock clock) {
    this.removal = removal;
    this.object = object;
    this.receipt = receipt;
    this.clock = clock;
  }

  /** One step; does nothing to an object that we do not hold. */
  Next advance(Chatbot chatbot, Resolution backend, Optional<String> paused) {
    if (!ChatbotMetadata.isHeld(chatbot)) {
      return Next.HOURLY;
    }
    if (needsNoBackend(chatbot)) {
      return leave(chatbot);
    }
    if (paused.isPresent()) {
      object.status().paused(chatbot, paused.get() + " The deletion waits.");
      return Next.HOURLY;
    }
    return carryOut(chatbot, removal.advance(chatbot, backend));
  }

  /** What failed is said at the first time; the object goes only where it allows giving up. */
  Next blocked(Chatbot chatbot, Failure failure) {
    return blocked(chatbot, failure, Deadline.ofAnnotation(chatbot));
  }

  private Next blocked(Chatbot chatbot, Failure failure, Optional<Instant> deadline) {
    var now = clock.instant();
    if (Deadline.isOver(deadline, now)) {
      return giveUp(chatbot, failure.message());
    }
    var blocked =
        failure.blockingDeletion(
            "The bot cannot be deleted", WAYS_OUT + Deadline.sentence(deadline));
    if (object.status().failed(chatbot, blocked)) {
      object.events().deletionBlocked(chatbot, blocked.message());
    }
    return Deadline.orSooner(failure.next(), deadline, now);
  }

  private static boolean needsNoBackend(Chatbot chatbot) {
    var hasId = chatbot.getStatus() != null && chatbot.getStatus().id() != null;
    return chatbot.getSpec().deletionPolicy() == DeletionPolicy.ORPHAN
        || (!hasId && Claim.unresolvedOn(chatbot).isEmpty());
  }

  private Next leave(Chatbot chatbot) {
    var kept = chatbot.getStatus() == null ? null : chatbot.getStatus().id();
    if (kept != null) {
      object
          .events()
          .orphaned(
              chatbot, "Left the bot %s where it is, by spec.deletionPolicy.".formatted(kept));
    }
    object.metadata().release(chatbot);
    return Next.HOURLY;
  }

  private Next carryOut(Chatbot chatbot, BotRemoval.Verdict verdict) {
    return switch (verdict) {
      case BotRemoval.Verdict.Release(var deleted) -> {
        deleted.ifPresent(id -> object.events().deleted(chatbot, id));
        object.metadata().release(chatbot);
        yield Next.HOURLY;
      }
      case BotRemoval.Verdict.Orphan(var why, var message) -> orphan(chatbot, why, message);
      case BotRemoval.Verdict.Wait(var failure) -> blocked(chatbot, failure);
      case BotRemoval.Verdict.NoWay(var failure) ->
          blocked(chatbot, failure, Optional.of(Deadline.withoutAWay(chatbot)));
    };
  }

  private Next giveUp(Chatbot chatbot, String why) {
    return orphan(
        chatbot, why, "Stopped trying to delete the bot; the ConfigMap %s says what is left.");
  }

  private Next orphan(Chatbot chatbot, String why, String message) {
    var where = receipt.leave(chatbot, why);
    object.events().orphaned(chatbot, message.formatted(where));
    object.metadata().release(chatbot);
    return Next.HOURLY;
  }
}
