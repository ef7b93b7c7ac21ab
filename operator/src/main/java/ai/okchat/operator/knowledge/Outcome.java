package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.RecordedBackend;
import ai.okchat.operator.status.Failure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a pass ended. */
sealed interface Outcome {

  /**
   * The documents are where the progress says.
   *
   * @param readAt when the source was last read
   * @param origin the backend object that the bot was reached through
   * @param organizationId that the bot belongs to; null if unknown
   * @param drifted whether somebody took or changed documents in the backend
   */
  record Advanced(
      Progress progress,
      Retrieval retrieval,
      Instant readAt,
      RecordedBackend origin,
      @Nullable String organizationId,
      boolean drifted)
      implements Outcome {}

  record Held(Failure failure) implements Outcome {}

  /** The source is being fetched; the end of that requeues the object. */
  record Fetching() implements Outcome {}

  /** The source has to be read once more before anything can be sent. */
  record ReadAgain() implements Outcome {}
}
