package ai.okchat.operator.knowledge;

import ai.okchat.operator.knowledge.ingestion.Progress;
import ai.okchat.operator.status.ConditionValue.Truth;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.status.Requeue;
import ai.okchat.planning.document.Omissions;
import java.time.Duration;
import java.util.Optional;

/**
 * Determines why a source is not Ready after a reconciliation that could read the backend. Pure.
 */
final class ReadinessBlocker {

  /**
   * Not used: only the conditions of these failures count, and {@link Progress} has the requeue.
   */
  private static final Duration SLOW = Duration.ofMinutes(10);

  static final String NOT_CHECKED =
      "The operator runs the retrieval checks when the backend lists all documents.";

  private static final String NOT_UNDERSTOOD =
      "The format of the backend's list of documents is not supported, so the operator uploads"
          + " each document once and removes none. Check the knowledge base of the bot manually.";

  private static final String NO_DOCUMENTS =
      "The source has no document. Check its address, include and exclude.";

  private ReadinessBlocker() {}

  /** Returns the first reason; empty if the source is Ready. */
  static Optional<Failure> of(Progress progress, RetrievalResult retrieval) {
    return ofDocuments(progress).or(() -> ofChecks(retrieval));
  }

  /**
   * Returns the first reason why the bot does not have the documents of the source; empty if the
   * backend lists each exactly once.
   */
  static Optional<Failure> ofDocuments(Progress progress) {
    if (!progress.understood()) {
      return Optional.of(Failure.waiting(Reason.UnsupportedListFormat, NOT_UNDERSTOOD, SLOW));
    }
    if (progress.documents().isEmpty()) {
      return Optional.of(
          Failure.stalled(Reason.NoDocuments, withLeftOut(NO_DOCUMENTS, progress.omissions())));
    }
    if (!progress.isSettled()) {
      var reason = progress.late() ? Reason.IndexingDelayed : Reason.Ingesting;
      return Optional.of(Failure.waiting(reason, pending(progress), SLOW));
    }
    if (progress.overLimit() > 0) {
      return Optional.of(Failure.stalled(Reason.PruneLimitExceeded, overLimit(progress)));
    }
    return progress.isIngested()
        ? Optional.empty()
        : Optional.of(Failure.stalled(Reason.DocumentsFailed, failed(progress)));
  }

  private static Optional<Failure> ofChecks(RetrievalResult retrieval) {
    return switch (retrieval) {
      case RetrievalResult.NoChecks _, RetrievalResult.Passed _ -> Optional.empty();
      case RetrievalResult.ChecksPending _ ->
          Optional.of(Failure.waiting(Reason.ChecksPending, NOT_CHECKED, SLOW));
      case RetrievalResult.Failed(var message) ->
          Optional.of(
              new Failure(
                  Truth.False, Reason.RetrievalCheckFailed, message, false, Requeue.HOURLY));
    };
  }

  /** Returns the message of a source that is Ready, with tolerated failures and what it omits. */
  static String ready(Progress progress) {
    var failed = progress.failed();
    return withLeftOut(
        failed.isEmpty()
            ? "The bot answers from the documents of this source."
            : "The bot answers from the documents of this source, except %d of %d that cannot be ingested; the first is %s: %s status.documents has the others."
                .formatted(
                    failed.size(),
                    progress.documents().size(),
                    failed.getFirst().name(),
                    failed.getFirst().message()),
        progress.omissions());
  }

  /** Returns the message, and what the source names but is no document of it. */
  private static String withLeftOut(String message, Omissions omissions) {
    return omissions.leftOut().isEmpty() ? message : message + " " + omissions.leftOut();
  }

  private static String pending(Progress progress) {
    if (!progress.omissions().unread().isEmpty()) {
      return progress.omissions().pause() + " status.progress has the progress.";
    }
    if (progress.counts().pending() == 0) {
      return "The operator removes documents that are no longer in the source from the bot.";
    }
    return progress.late()
        ? "The backend accepted documents that it does not list yet. The operator uploads them"
            + " again after two hours. status.documents names them."
        : "The operator uploads documents. status.progress has the progress.";
  }

  private static String overLimit(Progress progress) {
    return "%d documents were removed from the source, more than spec.pruneLimitPercent allows at once, so they stay in the bot. If that is intended, raise spec.pruneLimitPercent; otherwise restore the documents."
        .formatted(progress.overLimit());
  }

  private static String failed(Progress progress) {
    var failed = progress.failed();
    return "%d of %d documents cannot be ingested as they are; the first is %s: %s Change or exclude them; status.documents has the others."
        .formatted(
            failed.size(),
            progress.documents().size(),
            failed.getFirst().name(),
            failed.getFirst().message());
  }
}
