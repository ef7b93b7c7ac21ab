package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.DeletionPolicy;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.status.Deadline;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Next;
import ai.okchat.operator.status.Reason;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * The end of a KnowledgeSource: its documents first, then the object. What blocks it is said, and
 * it blocks for ever unless the way to the backend is gone for good or the object allows giving up.
 */
final class Deletion {

  private static final String WAYS_OUT =
      " Fix that; or set spec.deletionPolicy: Orphan to leave the documents where they are; or limit the attempts with the annotation %s, for example 1h."
          .formatted(Deadline.ANNOTATION);

  private final Removal removal;
  private final KnowledgeObject object;
  private final KnowledgeReceipt receipt;
  private final Clock clock;

  Deletion(Removal removal, KnowledgeObject object, KnowledgeReceipt receipt, Clock clock) {
    this.removal = removal;
    this.object = object;
    this.receipt = receipt;
    this.clock = clock;
  }

  /** One step; does nothing to an object that we do not hold. */
  Next advance(KnowledgeSource source, BotLink bot, Optional<String> paused) {
    if (!KnowledgeMetadata.isHeld(source)) {
      return Next.HOURLY;
    }
    if (source.getSpec().deletionPolicy() == DeletionPolicy.ORPHAN) {
      return leave(source);
    }
    if (KnowledgeMetadata.isRestored(source)) {
      return orphan(
          source,
          "The KnowledgeSource was restored and did not send its documents.",
          "Left the documents: this KnowledgeSource was restored and did not send them; the"
              + " ConfigMap %s has the way to remove them.");
    }
    if (paused.isPresent()) {
      object.status().paused(source, paused.get() + " The deletion waits.");
      return Next.HOURLY;
    }
    return switch (bot) {
      case BotLink.Gone(var failure) -> withoutRecord(source, failure);
      case BotLink.Waiting(var failure, var wayGone) ->
          blocked(
              source,
              failure,
              wayGone ? Optional.of(Deadline.withoutAWay(source)) : Deadline.ofAnnotation(source));
      case BotLink.Linked linked -> remove(source, linked);
    };
  }

  /**
   * What failed is said at the first time; the object goes only if it allows that, or if the only
   * key that is left is one that the backend rejects.
   */
  Next blocked(KnowledgeSource source, Failure failure, BotLink bot) {
    var isRejected = failure.reason() == Reason.CredentialsRejected;
    return isRejected && bot instanceof BotLink.Linked(_, _, _, var gone) && gone != null
        ? blocked(source, gone, Optional.of(Deadline.withoutAWay(source)))
        : blocked(source, failure, Deadline.ofAnnotation(source));
  }

  private Next blocked(KnowledgeSource source, Failure failure) {
    return blocked(source, failure, Deadline.ofAnnotation(source));
  }

  /** Documents may have been sent all the same, by a process that stopped before it wrote so. */
  private Next withoutRecord(KnowledgeSource source, Failure failure) {
    return KnowledgeMetadata.sendingSince(source).isPresent()
        ? giveUp(source, failure.message())
        : released(source);
  }

  private Next remove(KnowledgeSource source, BotLink.Linked bot) {
    return switch (removal.advance(source, bot)) {
      case Removal.Verdict.Release(var removed) -> {
        if (removed > 0) {
          object.events().deleted(source, removed);
        }
        yield released(source);
      }
      case Removal.Verdict.Wait(var failure) ->
          failure.reason() == Reason.Deleting ? waiting(source, failure) : blocked(source, failure);
    };
  }

  /** Not blocked, only not done; but giving up is allowed here too. */
  private Next waiting(KnowledgeSource source, Failure failure) {
    if (Deadline.isOver(Deadline.ofAnnotation(source), clock.instant())) {
      return giveUp(source, failure.message());
    }
    object.status().failed(source, failure);
    return failure.next();
  }

  private Next blocked(KnowledgeSource source, Failure failure, Optional<Instant> deadline) {
    var now = clock.instant();
    if (Deadline.isOver(deadline, now)) {
      return giveUp(source, failure.message());
    }
    var blocked =
        failure.blockingDeletion(
            "The documents cannot be removed", WAYS_OUT + Deadline.sentence(deadline));
    if (object.status().failed(source, blocked)) {
      object.events().deletionBlocked(source, blocked.message());
    }
    return Deadline.orSooner(failure.next(), deadline, now);
  }

  private Next leave(KnowledgeSource source) {
    object.events().orphaned(source, "Left the documents in the bot, by spec.deletionPolicy.");
    return released(source);
  }

  private Next giveUp(KnowledgeSource source, String why) {
    return orphan(
        source, why, "Gave up removing the documents; the ConfigMap %s says what is left.");
  }

  private Next orphan(KnowledgeSource source, String why, String message) {
    var where = receipt.leave(source, why);
    object.events().orphaned(source, message.formatted(where));
    return released(source);
  }

  private Next released(KnowledgeSource source) {
    object.release(source);
    return Next.HOURLY;
  }
}
