package ai.okchat.operator.chatbot;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * When drift was corrected. Drift that keeps coming back is somebody's will, a script or another
 * controller: it is named and looked at again later, not fought.
 */
final class DriftHistory {

  /** Corrections within the window after which it is a contest. */
  static final int CONTEST = 3;

  static final Duration WINDOW = Duration.ofMinutes(10);

  private final Map<String, List<Instant>> corrections = new ConcurrentHashMap<>();
  private final Clock clock;

  DriftHistory(Clock clock) {
    this.clock = clock;
  }

  boolean isContested(String uid) {
    return recent(corrections.getOrDefault(uid, List.of())).count() >= CONTEST;
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
    return times.stream().filter(it -> it.isAfter(since));
  }
}
