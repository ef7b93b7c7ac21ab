package ai.okchat.operator.okchat;

import java.time.Duration;

/**
 * Told once about each call that was sent, or that was tried to be, on the thread of its caller. A
 * call that is refused before it is sent is not told.
 */
@FunctionalInterface
public interface CallObserver {
  CallObserver NONE = (action, outcome, latency) -> {};

  /**
   * Takes note of one call.
   *
   * @param action words from a small fixed set, e.g. {@code create chatbot}
   * @param outcome {@code ok} (also for "not there", where that is an answer), or a {@link
   *     FailureKind} in lower case
   * @param latency until the answer was read whole; of a stream: until it was closed
   */
  void observed(String action, String outcome, Duration latency);
}
