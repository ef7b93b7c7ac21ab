package ai.okchat.sandbox.knowledge;

import ai.okchat.sandbox.store.Document;
import ai.okchat.sandbox.store.Readings.Progress;
import org.jspecify.annotations.Nullable;

/**
 * The status of a document as the API returns it.
 *
 * @param word completed, processing or failed
 * @param message the cause of a failure; null otherwise
 */
public record DocumentStatus(String word, @Nullable String message) {

  /**
   * Derives the status. Pure.
   *
   * @param progress null for a document that needs no extraction
   */
  static DocumentStatus of(Document document, @Nullable Progress progress, long now) {
    if (progress != null && progress.problem() != null) {
      return new DocumentStatus("failed", document.title() + ": " + progress.problem());
    }
    var isRead = progress == null || progress.isOver();
    return new DocumentStatus(isRead && document.isReady(now) ? "completed" : "processing", null);
  }
}
