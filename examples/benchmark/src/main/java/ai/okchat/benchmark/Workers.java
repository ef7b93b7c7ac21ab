package ai.okchat.benchmark;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Runs the same work many times in several threads. */
final class Workers {

  private Workers() {}

  /** Calls the work with each number from first to last, and returns the elapsed time. */
  static Duration each(int workers, int first, int last, IntConsumer work) {
    var next = new AtomicInteger(first);
    var begin = System.nanoTime();
    try (var threads = Executors.newFixedThreadPool(workers)) {
      var all =
          IntStream.range(0, workers)
              .<Future<?>>mapToObj(_ -> threads.submit(() -> take(next, last, work)))
              .toList();
      for (var one : all) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private static void take(AtomicInteger next, int last, IntConsumer work) {
    for (var number = next.getAndIncrement(); number <= last; number = next.getAndIncrement()) {
      work.accept(number);
    }
  }
}
