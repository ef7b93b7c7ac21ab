package ai.okchat.benchmark;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for a state of another process. */
final class Wait {

  private static final Duration LIMIT = Duration.ofMinutes(30);
  private static final Duration STEP = Duration.ofMillis(20);

  private Wait() {}

  /**
   * Checks repeatedly until the state is reached.
   *
   * @throws IllegalStateException after half an hour
   */
  static void until(String what, BooleanSupplier isSo) {
    until(what, STEP, isSo);
  }

  static void until(String what, Duration step, BooleanSupplier isSo) {
    var end = System.nanoTime() + LIMIT.toNanos();
    while (!isSo.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(what + ": not within " + LIMIT);
      }
      pause(step);
    }
  }

  static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
