package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.status.EventRecorder;
import ai.okchat.operator.status.EventRecorder.Weight;
import ai.okchat.operator.status.Reason;

/** The story of one KnowledgeSource, for {@code kubectl describe}: one Event for each change. */
final class KnowledgeEvents {

  private final EventRecorder recorder;

  KnowledgeEvents(EventRecorder recorder) {
    this.recorder = recorder;
  }

  /** All documents of a new content are in, or of the first. */
  void ingested(KnowledgeSource source, Progress progress) {
    recorder.record(
        source,
        Weight.Normal,
        Reason.Updated,
        "The bot has all %d documents of this source as they are now."
            .formatted(progress.documents().size()));
  }

  void driftFound(KnowledgeSource source) {
    recorder.record(
        source,
        Weight.Warning,
        Reason.DriftFound,
        "Documents of this source were removed or changed in the backend; they are put back.");
  }

  void deleted(KnowledgeSource source, int documents) {
    recorder.record(
        source,
        Weight.Normal,
        Reason.Deleted,
        "Removed %d documents of this source from the bot.".formatted(documents));
  }

  void deletionBlocked(KnowledgeSource source, String message) {
    recorder.record(source, Weight.Warning, Reason.DeletionBlocked, message);
  }

  void orphaned(KnowledgeSource source, String message) {
    recorder.record(source, Weight.Warning, Reason.Orphaned, message);
  }
}
