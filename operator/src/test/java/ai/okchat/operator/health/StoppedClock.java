package ai.okchat.operator.health;

import ai.okchat.operator.testing.LeapingClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/**
 * A clock that blocks each thread that reads it while it handles the event of a new object, with
 * its locks. Events of other kinds continue, such as the next check of a backend object.
 */
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
    if (held.getCount() > 0 && isHandlingANewObject()) {
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

  private static boolean isHandlingANewObject() {
    return StackWalker.getInstance()
        .walk(
            frames -> frames.map(StackWalker.StackFrame::getMethodName).collect(Collectors.toSet()))
        .containsAll(Set.of("onAdd", "handleEvent"));
  }
}
