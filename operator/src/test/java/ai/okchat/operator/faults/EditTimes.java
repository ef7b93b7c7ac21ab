package ai.okchat.operator.faults;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Times from the apply of an edit until the backend had it. */
record EditTimes(List<Duration> sorted) {

  private static final double SHARE = 0.99;

  static EditTimes of(Stream<Duration> times) {
    return new EditTimes(times.sorted().toList());
  }

  EditTimes and(EditTimes more) {
    return of(Stream.concat(sorted.stream(), more.sorted.stream()));
  }

  int count() {
    return sorted.size();
  }

  Duration p99() {
    return sorted.get((int) Math.ceil(SHARE * count()) - 1);
  }

  Duration longest() {
    return sorted.getLast();
  }
}
