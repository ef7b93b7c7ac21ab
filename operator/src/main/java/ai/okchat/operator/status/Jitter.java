package ai.okchat.operator.status;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** A tenth more or less by chance: what was done together must not come back together. */
public final class Jitter {

  private static final double SHARE = 0.1;

  private Jitter() {}

  public static Duration of(Duration duration) {
    var factor = ThreadLocalRandom.current().nextDouble(1 - SHARE, 1 + SHARE);
    return Duration.ofNanos((long) (duration.toNanos() * factor));
  }
}
