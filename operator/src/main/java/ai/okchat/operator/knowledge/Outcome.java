package ai.okchat.operator.knowledge;

import ai.okchat.operator.status.Failure;
import java.time.Instant;

/** How a pass ended. */
sealed interface Outcome {

  /**
   * The documents are where the progress says.
   *
   * @param readAt when the source was last read
   * @param drifted whether somebody took or changed documents in the backend
   */
  record Advanced(Progress progress, Retrieval retrieval, Instant readAt, boolean drifted)
      implements Outcome {}

  record Held(Failure failure) implements Outcome {}

  /** The source has to be read once more before anything can be sent. */
  record ReadAgain() implements Outcome {}
}
