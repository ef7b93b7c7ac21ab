package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.DocumentState;
import ai.okchat.operator.status.ConditionValue.Truth;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Next;
import ai.okchat.operator.status.Reason;
import java.time.Duration;
import java.util.Optional;

/** What stands between a source and Ready after a pass that could look at the backend. Pure. */
final class Obstacle {

  /** Only the conditions are taken of these failures: when to look again is decided elsewhere. */
  private static final Duration SLOW = Duration.ofMinutes(10);

  private Obstacle() {}

  /** The first of them; empty where the source is Ready. */
  static Optional<Failure> of(Progress progress, Retrieval retrieval) {
    if (!progress.understood()) {
      return Optional.of(Failure.waiting(Reason.ListNotUnderstood, notUnderstood(), SLOW));
    }
    if (progress.documents().isEmpty()) {
      return Optional.of(Failure.stalled(Reason.NoDocuments, noDocuments()));
    }
    if (!progress.isSettled()) {
      return Optional.of(Failure.waiting(underway(progress), pending(progress), SLOW));
    }
    if (progress.overLimit() > 0) {
      return Optional.of(Failure.stalled(Reason.PruneLimitExceeded, overLimit(progress)));
    }
    if (!progress.isIngested()) {
      return Optional.of(Failure.stalled(Reason.DocumentsFailed, failed(progress)));
    }
    return switch (retrieval) {
      case Retrieval.NoChecks _, Retrieval.Passed _ -> Optional.empty();
      case Retrieval.NotAsked _ ->
          Optional.of(Failure.waiting(Reason.NotChecked, notChecked(), SLOW));
      case Retrieval.Failed(var message) ->
          Optional.of(new Failure(Truth.False, Reason.NotRetrievable, message, false, Next.HOURLY));
    };
  }

  static Reason underway(Progress progress) {
    return progress.late() ? Reason.NotListed : Reason.Ingesting;
  }

  static String pending(Progress progress) {
    if (progress.counts().pending() == 0) {
      return "Documents that are no longer in the source are being removed from the bot.";
    }
    return progress.late()
        ? "The backend accepted documents that it does not list yet; they are sent once more after"
            + " two hours. status.documents names them."
        : "Documents are on their way; status.progress says how many are there.";
  }

  static String notUnderstood() {
    return "The backend's list of documents can not be understood, so each document is sent once"
        + " and none is removed. Check the bot's knowledge base by hand.";
  }

  static String noDocuments() {
    return "The source holds no document: check where it points, and include and exclude.";
  }

  static String notChecked() {
    return "The retrieval checks are asked when all documents are listed.";
  }

  static String overLimit(Progress progress) {
    return "%d documents left the source, more than spec.pruneLimitPercent lets go at once, so they stay in the bot. If that is right, raise spec.pruneLimitPercent; else bring them back."
        .formatted(progress.overLimit());
  }

  static String failed(Progress progress) {
    var failed =
        progress.documents().stream().filter(it -> it.state() == DocumentState.FAILED).toList();
    return "%d of %d documents can not be ingested as they are; the first is %s: %s Change or exclude them; status.documents has the others."
        .formatted(
            failed.size(),
            progress.documents().size(),
            failed.getFirst().name(),
            failed.getFirst().message());
  }
}
