package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.DeletionPolicy;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.knowledge.ingestion.KnowledgeMetadata;
import ai.okchat.operator.knowledge.ingestion.LinkedBot;
import ai.okchat.operator.lifecycle.DeletionTimeout;
import ai.okchat.operator.lifecycle.EffectiveDeletionPolicy;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.status.Requeue;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Deletes a KnowledgeSource: removes its documents, then its finalizer. A failure is reported and
 * blocks the deletion forever, unless the backend object or its Secret is gone or the annotation
 * sets a timeout.
 */
final class KnowledgeDeletion {

  private static final String WAYS_OUT =
      " Fix the cause, set spec.deletionPolicy: Orphan to orphan the documents, or limit the attempts with the annotation %s, for example 1h."
          .formatted(DeletionTimeout.ANNOTATION);

  private final DocumentRemoval removal;
  private final KnowledgeObject object;
  private final KnowledgeReceipt receipt;
  private final Function<KnowledgeSource, DeletionPolicy> policies;
  private final Clock clock;

  /**
   * @param policies returns the policy that applies to the documents of a source
   */
  KnowledgeDeletion(
      DocumentRemoval removal,
      KnowledgeObject object,
      KnowledgeReceipt receipt,
      Function<KnowledgeSource, DeletionPolicy> policies,
      Clock clock) {
    this.removal = removal;
    this.object = object;
    this.receipt = receipt;
    this.policies = policies;
    this.clock = clock;
  }

  /** Runs one step; skips an object without the finalizer. */
  Requeue advance(KnowledgeSource source, ChatbotRefResolution bot, Optional<String> paused) {
    if (!KnowledgeMetadata.hasFinalizer(source)) {
      return Requeue.HOURLY;
    }
    if (policies.apply(source) == DeletionPolicy.ORPHAN) {
      return orphanByPolicy(source);
    }
    if (KnowledgeMetadata.isRestored(source)) {
      return orphan(
          source,
          "The KnowledgeSource was restored and did not send its documents.",
          "Orphaned the documents: this KnowledgeSource was restored and did not send them. The"
              + " ConfigMap %s describes how to remove them.");
    }
    if (paused.isPresent()) {
      object.status().paused(source, paused.get() + " The deletion waits.");
      return Requeue.HOURLY;
    }
    return switch (bot) {
      case ChatbotRefResolution.Gone(var failure) -> withoutRecord(source, failure);
      case ChatbotRefResolution.Waiting(var failure, var isUnreachable) ->
          blocked(
              source,
              failure,
              isUnreachable
                  ? Optional.of(DeletionTimeout.withoutBackend(source))
                  : DeletionTimeout.ofAnnotation(source));
      case ChatbotRefResolution.Linked(var linked) -> remove(source, linked);
    };
  }

  /**
   * Removes the finalizer and no documents: all documents with these titles belong to the owner,
   * which removes what it does not need. Skips an object without the finalizer.
   */
  Requeue release(KnowledgeSource source, KnowledgeSource titleOwner) {
    if (!KnowledgeMetadata.hasFinalizer(source)) {
      return Requeue.HOURLY;
    }
    object
        .events()
        .orphaned(
            source,
            "Orphaned the documents: the KnowledgeSource %s owns all documents with these titles."
                .formatted(titleOwner.getMetadata().getName()));
    return removeFinalizer(source);
  }

  /**
   * Reports a failure that blocks the deletion. The object is orphaned only after a timeout: that
   * of its annotation, or a default if the backend rejects the only API key that is known.
   */
  Requeue blocked(KnowledgeSource source, Failure failure, ChatbotRefResolution bot) {
    var isRejected = failure.reason() == Reason.CredentialsRejected;
    return isRejected
            && bot instanceof ChatbotRefResolution.Linked(LinkedBot(_, _, _, var backendFailure))
            && backendFailure != null
        ? blocked(source, backendFailure, Optional.of(DeletionTimeout.withoutBackend(source)))
        : blocked(source, failure, DeletionTimeout.ofAnnotation(source));
  }

  private Requeue blocked(KnowledgeSource source, Failure failure) {
    return blocked(source, failure, DeletionTimeout.ofAnnotation(source));
  }

  /** Documents may have been sent by a process that stopped before it wrote the status. */
  private Requeue withoutRecord(KnowledgeSource source, Failure failure) {
    return KnowledgeMetadata.uploadStartedAt(source).isPresent()
        ? giveUp(source, failure.message())
        : removeFinalizer(source);
  }

  private Requeue remove(KnowledgeSource source, LinkedBot bot) {
    return switch (removal.advance(source, bot)) {
      case DocumentRemoval.Verdict.Release(var removed) -> {
        if (removed > 0) {
          object.events().deleted(source, removed);
        }
        yield removeFinalizer(source);
      }
      case DocumentRemoval.Verdict.Wait(var failure) ->
          failure.reason() == Reason.Deleting ? waiting(source, failure) : blocked(source, failure);
    };
  }

  /** Reports a deletion that is in progress; the timeout of the annotation applies here too. */
  private Requeue waiting(KnowledgeSource source, Failure failure) {
    if (DeletionTimeout.isOver(DeletionTimeout.ofAnnotation(source), clock.instant())) {
      return giveUp(source, failure.message());
    }
    object.status().failed(source, failure);
    return failure.next();
  }

  private Requeue blocked(KnowledgeSource source, Failure failure, Optional<Instant> deadline) {
    var now = clock.instant();
    if (DeletionTimeout.isOver(deadline, now)) {
      return giveUp(source, failure.message());
    }
    var blocked =
        failure.blockingDeletion(
            "The documents cannot be removed", WAYS_OUT + DeletionTimeout.sentence(deadline));
    if (object.status().failed(source, blocked)) {
      object.events().deletionBlocked(source, blocked.message());
    }
    return DeletionTimeout.orSooner(failure.next(), deadline, now);
  }

  private Requeue orphanByPolicy(KnowledgeSource source) {
    var field = EffectiveDeletionPolicy.field(source.getSpec().deletionPolicy());
    object.events().orphaned(source, "Orphaned the documents because of %s.".formatted(field));
    return removeFinalizer(source);
  }

  private Requeue giveUp(KnowledgeSource source, String why) {
    return orphan(
        source,
        why,
        "The deletion timed out, and documents stay in the bot. The ConfigMap %s has the command"
            + " that removes them.");
  }

  private Requeue orphan(KnowledgeSource source, String why, String message) {
    var receiptName = receipt.write(source, why);
    object.events().orphaned(source, message.formatted(receiptName));
    return removeFinalizer(source);
  }

  private Requeue removeFinalizer(KnowledgeSource source) {
    object.release(source);
    return Requeue.HOURLY;
  }
}
