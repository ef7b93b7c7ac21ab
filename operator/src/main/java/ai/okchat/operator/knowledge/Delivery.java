package ai.okchat.operator.knowledge;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * What is known of the last time that a document was sent.
 *
 * @param message in the backend's words where it refused the document; else empty
 */
record Delivery(Outcome outcome, Instant at, String message) {

  /** How long a document may turn up that was perhaps received. */
  static final Duration AMBIGUOUS = Duration.ofSeconds(60);

  /** How long the backend may take to list a document that it has accepted. */
  static final Duration INDEXING_TIMEOUT = Duration.ofHours(2);

  /** How long the list may show the old title of a document that was replaced. */
  static final Duration REPLACING = Duration.ofSeconds(5);

  static final Duration SHORTEST_POLL = Duration.ofSeconds(1);
  private static final Duration LONGEST_POLL = Duration.ofSeconds(60);
  private static final Duration LATE = Duration.ofMinutes(15);

  /** What became of it, as far as is known. */
  enum Outcome {
    /** The reply was lost, or the operator was stopped meanwhile. */
    UNCERTAIN,
    /** Accepted; the list has to show it. */
    ACKNOWLEDGED,
    /** A listed document was replaced by it; the list has to show the new title. */
    REPLACED,
    /** Refused, for good: the same bytes would be refused again. */
    REJECTED
  }

  static Delivery of(Outcome outcome, Instant at) {
    return new Delivery(outcome, at, "");
  }

  static Delivery rejected(Instant at, String message) {
    return new Delivery(Outcome.REJECTED, at, message);
  }

  boolean isRejected() {
    return outcome == Outcome.REJECTED;
  }

  /** Until when the document may still turn up, so that it must not be sent again. */
  Instant awaitedUntil() {
    return switch (outcome) {
      case UNCERTAIN -> at.plus(AMBIGUOUS);
      case ACKNOWLEDGED -> at.plus(INDEXING_TIMEOUT);
      case REPLACED -> at.plus(REPLACING);
      case REJECTED -> at;
    };
  }

  boolean isAwaited(Instant now) {
    return awaitedUntil().isAfter(now);
  }

  /** Whether the list should have shown it long ago. */
  boolean isLate(Instant now) {
    return at.plus(LATE).isBefore(now);
  }

  /** When to look at the list again: later and later, but not after the waiting is over. */
  Duration poll(Instant now) {
    var grown = Duration.between(at, now).dividedBy(2);
    var left = Duration.between(now, awaitedUntil());
    return Stream.of(LONGEST_POLL, grown, left)
        .min(Comparator.naturalOrder())
        .filter(it -> it.compareTo(SHORTEST_POLL) > 0)
        .orElse(SHORTEST_POLL);
  }
}
