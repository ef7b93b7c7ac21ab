package ai.okchat.operator.scheduling;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Varies durations at random, so that operations that started together do not repeat together. */
public final class Jitter {

  private static final double SHARE = 0.1;

  private Jitter() {}

  /** Varies a duration by up to a tenth. */
  public static Duration of(Duration duration) {
    var factor = ThreadLocalRandom.current().nextDouble(1 - SHARE, 1 + SHARE);
    return Duration.ofNanos((long) (duration.toNanos() * factor));
  }

  /** Returns a random duration below this one, so that operations spread over it. */
  public static Duration below(Duration duration) {
    return Duration.ofNanos(ThreadLocalRandom.current().nextLong(duration.toNanos()));
  }
}
