package ai.okchat.operator.account;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The request rate and the queues of an account, in numbers.
 *
 * @param configuredPerSecond requests per second that the specs allow
 * @param effectivePerSecond requests per second after the rate adapted to 429 responses
 * @param throttledUntil until when the backend rate-limits the account
 */
public record AccountSnapshot(
    AccountId account,
    double configuredPerSecond,
    double effectivePerSecond,
    Optional<Instant> throttledUntil,
    QueueSnapshot interactive,
    QueueSnapshot background) {

  /**
   * The queue of one priority.
   *
   * @param waiting number of requests that wait now
   * @param turns number of requests that were dequeued since the start
   * @param waited sum of the waits of those
   */
  public record QueueSnapshot(int waiting, long turns, Duration waited) {}
}
