package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.RecordedBackend;
import ai.okchat.operator.knowledge.ingestion.IngestionPreview;
import ai.okchat.operator.knowledge.ingestion.Progress;
import ai.okchat.operator.status.Failure;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The result of one reconciliation that reached the source. */
sealed interface IngestionResult {

  /**
   * The documents have the states of the progress.
   *
   * @param readAt when the source was last read
   * @param origin the backend object that the bot was reached through
   * @param organizationId organization of the bot; null if unknown
   * @param drifted whether another client removed or changed documents in the backend
   */
  record Advanced(
      Progress progress,
      RetrievalResult retrieval,
      Instant readAt,
      RecordedBackend origin,
      @Nullable String organizationId,
      boolean drifted)
      implements IngestionResult {}

  /** A user asked what the operator would send. */
  record Previewed(IngestionPreview preview) implements IngestionResult {}

  record Blocked(Failure failure) implements IngestionResult {}

  /** The source is being fetched; the end of the fetch requeues the object. */
  record Fetching() implements IngestionResult {}

  /**
   * An earlier process read the source and ingested its documents; it is read again later.
   *
   * @param remaining until this process reads the source
   */
  record Postponed(Duration remaining) implements IngestionResult {}

  /** The source has to be read again before anything can be sent. */
  record ReadAgain() implements IngestionResult {}
}
