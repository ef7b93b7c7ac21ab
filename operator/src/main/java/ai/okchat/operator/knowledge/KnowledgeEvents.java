package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.knowledge.ingestion.Progress;
import ai.okchat.operator.kubernetes.EventRecorder;
import ai.okchat.operator.kubernetes.EventRecorder.EventType;
import ai.okchat.operator.status.Reason;

/** Records the Events of KnowledgeSources for {@code kubectl describe}, one for each change. */
final class KnowledgeEvents {

  private final EventRecorder recorder;

  KnowledgeEvents(EventRecorder recorder) {
    this.recorder = recorder;
  }

  /** Records that the bot has the documents of the first or of a new content. */
  void ingested(KnowledgeSource source, Progress progress) {
    recorder.record(
        source,
        EventType.Normal,
        Reason.Updated,
        "The bot has %d of %d documents of this source in their current version."
            .formatted(progress.counts().accepted(), progress.counts().desired()));
  }

  /** Records the plan of a dry run. */
  void previewed(KnowledgeSource source, String message) {
    recorder.record(source, EventType.Normal, Reason.DryRun, message);
  }

  void driftFound(KnowledgeSource source) {
    recorder.record(source, EventType.Warning, Reason.DriftFound, KnowledgeConditions.DRIFT);
  }

  void deleted(KnowledgeSource source, int documents) {
    recorder.record(
        source,
        EventType.Normal,
        Reason.Deleted,
        "Removed %d documents of this source from the bot.".formatted(documents));
  }

  void deletionBlocked(KnowledgeSource source, String message) {
    recorder.record(source, EventType.Warning, Reason.DeletionBlocked, message);
  }

  void orphaned(KnowledgeSource source, String message) {
    recorder.record(source, EventType.Warning, Reason.Orphaned, message);
  }
}
