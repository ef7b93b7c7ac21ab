package ai.okchat.operator.chatbot;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Records when drift was corrected. Drift that recurs is the intent of another client, such as a
 * script or a controller: the operator reports it and corrects it again after the window.
 */
final class DriftHistory {

  /** Number of corrections within the window after which drift is recurring. */
  static final int RECURRENCE_LIMIT = 3;

  static final Duration WINDOW = Duration.ofMinutes(10);

  private final Map<String, List<Instant>> corrections = new ConcurrentHashMap<>();
  private final Clock clock;

  DriftHistory(Clock clock) {
    this.clock = clock;
  }

  boolean isRecurring(String uid) {
    return recent(corrections.getOrDefault(uid, List.of())).count() >= RECURRENCE_LIMIT;
  }

  void corrected(String uid) {
    corrections.merge(
        uid,
        List.of(clock.instant()),
        (before, now) -> Stream.concat(recent(before), now.stream()).toList());
  }

  void forget(String uid) {
    corrections.remove(uid);
  }

  private Stream<Instant> recent(List<Instant> times) {
    var since = clock.instant().minus(WINDOW);
    return times.stream().filter(time -> time.isAfter(since));
  }
}
