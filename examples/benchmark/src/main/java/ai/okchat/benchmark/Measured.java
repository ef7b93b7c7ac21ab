package ai.okchat.benchmark;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** The elapsed time of one repeated workload, and the processor time of each program. */
record Measured(Duration time, ProcessorTime processors) {

  /** Returns the result with the median time: of an even number, the shorter one of the middle. */
  static <T> Measured median(List<T> turns, Function<T, Measured> part) {
    var sorted = turns.stream().map(part).sorted(Comparator.comparing(Measured::time)).toList();
    if (sorted.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    return sorted.get((sorted.size() - 1) / 2);
  }

  double seconds() {
    return Spread.millis(time) / 1_000;
  }
}
