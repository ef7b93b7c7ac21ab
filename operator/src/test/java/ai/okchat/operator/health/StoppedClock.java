package ai.okchat.operator.health;

import ai.okchat.operator.testing.LeapingClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.CountDownLatch;

/** A clock that blocks each thread that reads it while it handles an event, with its locks. */
final class StoppedClock extends Clock {

  private final LeapingClock clock = new LeapingClock();
  private volatile CountDownLatch held = new CountDownLatch(0);

  void holdEvents() {
    held = new CountDownLatch(1);
  }

  void letGo() {
    held.countDown();
  }

  void leap(Duration duration) {
    clock.leap(duration);
  }

  @Override
  public Instant instant() {
    if (held.getCount() > 0 && isHandlingAnEvent()) {
      try {
        held.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return clock.instant();
  }

  @Override
  public ZoneId getZone() {
    return clock.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }

  private static boolean isHandlingAnEvent() {
    return StackWalker.getInstance()
        .walk(frames -> frames.anyMatch(frame -> frame.getMethodName().equals("handleEvent")));
  }
}
