package ai.okchat.operator.metrics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Tracks the objects of one kind that wait for a thread or are reconciled. */
final class WorkQueueTracker {

  private final Clock clock;
  private final Map<String, Instant> waiting = new ConcurrentHashMap<>();
  private final Map<String, Instant> running = new ConcurrentHashMap<>();
  private volatile Instant movedAt;

  WorkQueueTracker(Clock clock) {
    this.clock = clock;
    this.movedAt = clock.instant();
  }

  void enqueued(String uid) {
    waiting.put(uid, clock.instant());
  }

  /** Returns how long the object waited; empty if it was never enqueued. */
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

  /** Returns the wait of the first object in the queue; zero if the queue is empty. */
  Duration longestWait() {
    return longest(waiting);
  }

  /** Returns the duration of the longest running reconciliation; zero if there is none. */
  Duration longestRunning() {
    return longest(running);
  }

  /**
   * Returns whether an object has waited for this long, and no reconciliation started or ended
   * meanwhile.
   */
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
