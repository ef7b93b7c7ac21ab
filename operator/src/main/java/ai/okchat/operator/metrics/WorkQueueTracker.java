package ai.okchat.operator.metrics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Tracks the objects of one kind that wait for a thread or are reconciled. */
final class WorkQueueTracker {

  /** The outcome of a reconciliation that reports no reason of {@code Ready}. */
  static final String NO_OUTCOME = "None";

  /**
   * A reconciliation that has ended.
   *
   * @param outcome the last reason of {@code Ready}
   */
  record Ended(Duration duration, String outcome) {}

  /**
   * A reconciliation that has not ended.
   *
   * @param object kind, namespace and name
   */
  record Running(String object, Instant since, String outcome) {}

  private final Clock clock;
  private final Map<String, Instant> waiting = new ConcurrentHashMap<>();
  private final Map<String, Running> running = new ConcurrentHashMap<>();
  private volatile Instant movedAt;

  WorkQueueTracker(Clock clock) {
    this.clock = clock;
    this.movedAt = clock.instant();
  }

  void enqueued(String uid) {
    waiting.put(uid, clock.instant());
  }

  /**
   * Returns how long the object waited; empty if it was never enqueued.
   *
   * @param object kind, namespace and name
   */
  Optional<Duration> started(String uid, String object) {
    var now = moved();
    running.put(uid, new Running(object, now, NO_OUTCOME));
    return Optional.ofNullable(waiting.remove(uid)).map(since -> Duration.between(since, now));
  }

  /** Records the outcome of the reconciliation, if one is running. */
  void recordOutcome(String uid, String outcome) {
    running.computeIfPresent(uid, (_, run) -> new Running(run.object(), run.since(), outcome));
  }

  /** Returns how long the reconciliation of the object has been running; empty if none is. */
  Optional<Duration> elapsed(String uid) {
    return Optional.ofNullable(running.get(uid))
        .map(run -> Duration.between(run.since(), clock.instant()));
  }

  /** Returns the reconciliation of the object; empty if none was running. */
  Optional<Ended> finished(String uid) {
    var now = moved();
    return Optional.ofNullable(running.remove(uid))
        .map(run -> new Ended(Duration.between(run.since(), now), run.outcome()));
  }

  int depth() {
    return waiting.size();
  }

  int running() {
    return running.size();
  }

  /** Returns the wait of the first object in the queue; zero if the queue is empty. */
  Duration longestWait() {
    return longest(waiting.values().stream());
  }

  /** Returns the duration of the longest running reconciliation; zero if there is none. */
  Duration longestRunning() {
    return longest(running.values().stream().map(Running::since));
  }

  /**
   * Returns whether an object has waited for this long, and no reconciliation started or ended
   * meanwhile.
   */
  boolean isStuck(Duration patience) {
    return longestWait().compareTo(patience) > 0
        && movedAt.plus(patience).isBefore(clock.instant());
  }

  /** Returns the first of the reconciliations that have been running for longer than this. */
  Optional<Running> overdue(Duration limit) {
    var latest = clock.instant().minus(limit);
    return running.values().stream()
        .filter(run -> run.since().isBefore(latest))
        .min(Comparator.comparing(Running::since));
  }

  private Instant moved() {
    var now = clock.instant();
    movedAt = now;
    return now;
  }

  private Duration longest(Stream<Instant> since) {
    var now = clock.instant();
    return since
        .min(Instant::compareTo)
        .map(first -> Duration.between(first, now))
        .filter(Duration::isPositive)
        .orElse(Duration.ZERO);
  }
}
