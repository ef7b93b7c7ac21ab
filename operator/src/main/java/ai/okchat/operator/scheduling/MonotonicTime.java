package ai.okchat.operator.scheduling;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Measures elapsed time for rate limits, circuit breakers and waits. Unlike the wall clock it never
 * steps. Its instants count from an arbitrary origin and are no time of day.
 */
public interface MonotonicTime extends InstantSource {

  /** The time of this process, from {@link System#nanoTime}. */
  MonotonicTime SYSTEM =
      new MonotonicTime() {
        private final long origin = System.nanoTime();

        @Override
        public Instant instant() {
          return Instant.EPOCH.plusNanos(System.nanoTime() - origin);
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
          Thread.sleep(duration);
        }
      };

  /** Waits for this long; returns at once for zero or less. */
  void sleep(Duration duration) throws InterruptedException;
}
