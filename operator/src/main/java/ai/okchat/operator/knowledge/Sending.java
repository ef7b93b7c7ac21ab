package ai.okchat.operator.knowledge;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Carries calls out a few at a time, within the budget of the account, until they are done, one
 * fails in a way that concerns the others too, or the time of a batch is over.
 */
final class Sending {

  private static final int AT_A_TIME = 8;

  private final Clock clock;
  private final Duration time;

  /**
   * No batch is longer than this.
   *
   * @param time after which no further call is begun: what changed meanwhile must be noticed
   */
  Sending(Clock clock, Duration time) {
    this.clock = clock;
    this.time = time;
  }

  /**
   * Carries the calls out, in about this order. Calls deal themselves with what concerns them
   * alone; the first exception of any of them is thrown when those under way have ended.
   */
  void carryOut(Collection<Runnable> calls) {
    var left = new ConcurrentLinkedQueue<>(calls);
    var failure = new AtomicReference<@Nullable RuntimeException>();
    var end = clock.instant().plus(time);
    // Threads of their own, not virtual ones, whose waiting for answers takes more of the
    // processor.
    try (var others = Executors.newCachedThreadPool()) {
      for (var i = 1; i < Math.min(AT_A_TIME, calls.size()); i++) {
        others.execute(() -> work(left, failure, end));
      }
      work(left, failure, end);
    }
    var first = failure.get();
    if (first != null) {
      throw first;
    }
  }

  private void work(
      Queue<Runnable> left, AtomicReference<@Nullable RuntimeException> failure, Instant end) {
    while (failure.get() == null && clock.instant().isBefore(end)) {
      var call = left.poll();
      if (call == null) {
        return;
      }
      try {
        call.run();
      } catch (RuntimeException e) {
        failure.compareAndSet(null, e);
      }
    }
  }
}
