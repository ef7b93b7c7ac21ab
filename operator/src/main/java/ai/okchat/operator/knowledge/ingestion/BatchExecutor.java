package ai.okchat.operator.knowledge.ingestion;

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
 * Executes the calls of one batch, at most 8 at a time and within the rate limit of the account. A
 * batch ends when all calls are done, when one throws, or when its time is over.
 */
public final class BatchExecutor {

  private static final int AT_A_TIME = 8;

  private final Clock clock;
  private final Duration time;

  /**
   * @param time after which no further call starts, so that the operator notices a change soon
   */
  public BatchExecutor(Clock clock, Duration time) {
    this.clock = clock;
    this.time = time;
  }

  /**
   * Executes the calls in approximately this order. A call handles failures that concern it alone;
   * the first exception or Error of any call is thrown after all running calls have ended.
   */
  public void execute(Collection<Runnable> calls) {
    var remaining = new ConcurrentLinkedQueue<>(calls);
    var failure = new AtomicReference<@Nullable Throwable>();
    var end = clock.instant().plus(time);
    // Platform threads: virtual ones use more processor time while they wait for responses.
    try (var threads = Executors.newCachedThreadPool()) {
      for (var i = 1; i < Math.min(AT_A_TIME, calls.size()); i++) {
        threads.execute(() -> work(remaining, failure, end));
      }
      work(remaining, failure, end);
    }
    switch (failure.get()) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> {}
    }
  }

  private void work(
      Queue<Runnable> remaining, AtomicReference<@Nullable Throwable> failure, Instant end) {
    while (failure.get() == null && clock.instant().isBefore(end)) {
      var call = remaining.poll();
      if (call == null) {
        return;
      }
      try {
        call.run();
      } catch (RuntimeException | Error e) { // A lost Error would count as a sent document.
        failure.compareAndSet(null, e);
      }
    }
  }
}
