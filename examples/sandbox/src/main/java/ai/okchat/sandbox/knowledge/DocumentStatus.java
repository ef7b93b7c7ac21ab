package ai.okchat.sandbox.knowledge;

import ai.okchat.sandbox.store.Document;
import ai.okchat.sandbox.store.Readings.Progress;
import org.jspecify.annotations.Nullable;

/**
 * What the API tells about a document.
 *
 * @param word completed, processing or failed
 * @param message why it failed
 */
public record DocumentStatus(String word, @Nullable String message) {

  /** Pure; the progress is null for a document that needs no reading. */
  static DocumentStatus of(Document document, @Nullable Progress progress, long now) {
    if (progress != null && progress.problem() != null) {
      return new DocumentStatus("failed", document.title() + ": " + progress.problem());
    }
    var isRead = progress == null || progress.isOver();
    return new DocumentStatus(isRead && document.isReady(now) ? "completed" : "processing", null);
  }
}
