package ai.okchat.benchmark;

import java.time.Duration;
import java.util.List;

/** The times of one repeated measurement, shortest first. */
record Spread(List<Duration> times) {

  Spread {
    if (times.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    times = times.stream().sorted().toList();
  }

  /** Returns the shortest time that this percentage of the times does not exceed. */
  Duration percentile(int percent) {
    var rank = (int) Math.ceil(times.size() * percent / 100.0);
    return times.get(Math.max(rank, 1) - 1);
  }

  String text() {
    return "%.1f ms (median %.1f ms, %d times)"
        .formatted(millis(percentile(99)), millis(percentile(50)), times.size());
  }

  static double millis(Duration time) {
    return time.toNanos() / 1e6;
  }
}
