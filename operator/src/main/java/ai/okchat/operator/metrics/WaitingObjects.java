package ai.okchat.operator.metrics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The objects of one kind that wait for a thread, and those that have one. */
final class WaitingObjects {

  private final Clock clock;
  private final Map<String, Instant> waiting = new ConcurrentHashMap<>();
  private final Map<String, Instant> running = new ConcurrentHashMap<>();
  private volatile Instant movedAt;

  WaitingObjects(Clock clock) {
    this.clock = clock;
    this.movedAt = clock.instant();
  }

  void enqueued(String uid) {
    waiting.put(uid, clock.instant());
  }

  /** Returns how long it waited; empty where it never was seen to. */
  Optional<Duration> started(String uid) {
    var now = moved();
    running.put(uid, now);
    return Optional.ofNullable(waiting.remove(uid)).map(since -> Duration.between(since, now));
  }

  void finished(String uid) {
    moved();
    running.remove(uid);
  }

  int depth() {
    return waiting.size();
  }

  int running() {
    return running.size();
  }

  /** How long the first of them has waited; zero where none does. */
  Duration longestWait() {
    return longest(waiting);
  }

  /** How long the oldest pass has lasted; zero where there is none. */
  Duration longestPass() {
    return longest(running);
  }

  /** Whether something has waited for this long, and no pass began or ended meanwhile. */
  boolean isStuck(Duration patience) {
    return longestWait().compareTo(patience) > 0
        && movedAt.plus(patience).isBefore(clock.instant());
  }

  private Instant moved() {
    var now = clock.instant();
    movedAt = now;
    return now;
  }

  private Duration longest(Map<String, Instant> since) {
    var now = clock.instant();
    return since.values().stream()
        .min(Instant::compareTo)
        .map(first -> Duration.between(first, now))
        .filter(Duration::isPositive)
        .orElse(Duration.ZERO);
  }
}
