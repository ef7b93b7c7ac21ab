package ai.okchat.client;

import java.time.Duration;

/**
 * Observes each request that was sent or attempted, once, on the thread of its caller. A request
 * that is rejected before it is sent is not observed.
 */
@FunctionalInterface
public interface CallObserver {
  CallObserver NONE = (action, outcome, latency) -> {};

  /**
   * Records one request.
   *
   * @param action one of a small fixed set, e.g. {@code create chatbot}
   * @param outcome {@code ok} (also for an absence that is a valid result), or a {@link
   *     FailureKind} in lower case
   * @param latency until the response was read completely; of a stream: until it was closed
   */
  void observed(String action, String outcome, Duration latency);
}
