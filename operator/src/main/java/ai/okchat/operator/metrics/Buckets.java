package ai.okchat.operator.metrics;

import java.time.Duration;
import java.util.Arrays;

/** Upper bounds of histogram buckets: few, because each is a series for each set of labels. */
final class Buckets {

  /** Requests, reconciliations and waits. */
  static final Duration[] LATENCY =
      millis(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000);

  /** Durations that depend on a failed backend, or on a user. */
  static final Duration[] TIME_TO_READY =
      millis(
          100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000, 900_000, 3_600_000);

  private Buckets() {}

  private static Duration[] millis(long... ends) {
    return Arrays.stream(ends).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
  }
}
