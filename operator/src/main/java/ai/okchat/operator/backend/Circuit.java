package ai.okchat.operator.backend;

import ai.okchat.operator.okchat.FailureKind;

/**
 * Whether calls of an account are worth sending. After some in a row that found no working backend,
 * only lists are sent: the poll is the probe. A list that succeeds lets one more call fail before
 * the rest are stopped again.
 */
final class Circuit {

  static final int TOLERATED = 5;

  private int inVain;
  private boolean objectsWait;

  /** Whether nothing but lists is to be sent. */
  synchronized boolean isOpen() {
    return inVain >= TOLERATED;
  }

  /** A call was answered. */
  synchronized void answered() {
    inVain = 0;
  }

  /** A call failed. A refusal is an answer: the backend works. */
  synchronized void failed(FailureKind kind) {
    switch (kind) {
      case UNAVAILABLE, UNEXPECTED_ANSWER -> inVain = Math.min(inVain + 1, TOLERATED);
      case CREDENTIALS_REJECTED -> {
        inVain = 0;
        objectsWait = true;
      }
      case RATE_LIMITED, INVALID_CALL -> {} // Says nothing about the next call.
      case REQUEST_REJECTED, CONFLICT, QUOTA_EXCEEDED, NOT_FOUND -> inVain = 0;
    }
    objectsWait |= isOpen();
  }

  /**
   * A list succeeded.
   *
   * @return whether there are objects that wait for this since a call of theirs failed
   */
  synchronized boolean listed() {
    var waited = objectsWait;
    objectsWait = false;
    inVain = Math.min(inVain, TOLERATED - 1);
    return waited;
  }
}
