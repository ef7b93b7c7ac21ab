package ai.okchat.operator.testing;

import ai.okchat.operator.scheduling.MonotonicTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that only a test moves: a sleep on it ends at once. */
public final class MovingClock extends Clock implements MonotonicTime {

  /** Initial time of the clock. */
  public static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

  private volatile Instant now = START;

  public void pass(Duration duration) {
    now = now.plus(duration);
  }

  public void passSeconds(long seconds) {
    pass(Duration.ofSeconds(seconds));
  }

  @Override
  public void sleep(Duration duration) {}

  @Override
  public Instant instant() {
    return now;
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
