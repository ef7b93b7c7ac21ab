package ai.okchat.operator.management;

import ai.okchat.operator.testing.LeapingClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.CountDownLatch;

/** A clock that holds whoever asks for the time while handling an event, with all their locks. */
final class HoldingClock extends Clock {

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
        .walk(frames -> frames.anyMatch(it -> it.getMethodName().equals("handleEvent")));
  }
}
