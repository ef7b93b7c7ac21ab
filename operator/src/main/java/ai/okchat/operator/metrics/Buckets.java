package ai.okchat.operator.metrics;

import java.time.Duration;
import java.util.Arrays;

/** Upper ends of histogram buckets: few, since each is a series for each set of labels. */
final class Buckets {

  /** Calls, passes and waits. */
  static final Duration[] LATENCY =
      millis(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000);

  /** What may wait for a backend that is down, or for a person. */
  static final Duration[] LIFETIME =
      millis(
          100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000, 900_000, 3_600_000);

  private Buckets() {}

  private static Duration[] millis(long... ends) {
    return Arrays.stream(ends).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
  }
}
