package ai.okchat.operator.testing;

import ai.okchat.operator.scheduling.MonotonicTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The clock of the system, which a test moves forward: time passes for waits and timeouts too. */
public final class LeapingClock extends Clock implements MonotonicTime {

  private static final Duration CHECK = Duration.ofMillis(20);

  private volatile Duration ahead = Duration.ZERO;

  public void leap(Duration duration) {
    ahead = ahead.plus(duration);
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    var end = instant().plus(duration);
    while (instant().isBefore(end)) {
      Thread.sleep(CHECK);
    }
  }

  @Override
  public Instant instant() {
    return Clock.systemUTC().instant().plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
