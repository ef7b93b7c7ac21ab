package ai.okchat.operator.knowledge;

import ai.okchat.operator.status.Messages;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * What is known of the last time that a document was sent, or removed.
 *
 * @param message why the document is failed, where it is; else empty
 * @param attempts how many requests in a row ended without a conclusive response
 */
record Delivery(Outcome outcome, Instant at, String message, int attempts) {

  /** How long a document may turn up that was perhaps received. */
  static final Duration AMBIGUOUS = Duration.ofSeconds(60);

  /** How long the backend may take to list a document that it has accepted. */
  static final Duration INDEXING_TIMEOUT = Duration.ofHours(2);

  /** How long the list may show the old title of a document that was replaced. */
  static final Duration REPLACING = Duration.ofSeconds(5);

  /** After so many attempts without a conclusive response the document is failed by name. */
  static final int MOST_ATTEMPTS = 5;

  static final Duration SHORTEST_POLL = Duration.ofSeconds(1);
  private static final Duration LONGEST_POLL = Duration.ofSeconds(60);
  private static final Duration LATE = Duration.ofMinutes(15);
  private static final Duration LONGEST_BACKOFF = Duration.ofHours(1);
  private static final Duration REJECTED_AGAIN = Duration.ofDays(1);
  private static final int MOST_DOUBLINGS = 6;
  private static final int LONGEST_MESSAGE = 200;

  /** What became of it, as far as is known. */
  enum Outcome {
    /** The reply was lost, or the operator was stopped meanwhile. */
    UNCERTAIN,
    /** Accepted; the list has to show it. */
    ACKNOWLEDGED,
    /** A listed document was replaced by it; the list has to show the new title. */
    REPLACED,
    /** Rejected as it is. */
    REJECTED,
    /** Removed; the list has to stop showing it. */
    REMOVED
  }

  Delivery {
    message = Messages.cut(message, LONGEST_MESSAGE);
  }

  static Delivery of(Outcome outcome, Instant at) {
    return new Delivery(outcome, at, "", 0);
  }

  static Delivery rejected(Instant at, String message) {
    return new Delivery(Outcome.REJECTED, at, message, 0);
  }

  boolean isRejected() {
    return outcome == Outcome.REJECTED;
  }

  /** Whether the document counts as failed, by its name, until it is sent once more. */
  boolean isFailed() {
    return isRejected() || (outcome == Outcome.UNCERTAIN && attempts >= MOST_ATTEMPTS);
  }

  /** When a failed document is sent once more though nothing has changed. */
  Instant retryAt() {
    return at.plus(isRejected() ? REJECTED_AGAIN : backoff(attempts - MOST_ATTEMPTS + 1));
  }

  /** Whether the document is failed and not to be sent now. */
  boolean isFailedStill(Instant now) {
    return isFailed() && retryAt().isAfter(now);
  }

  /** Until when the document may still turn up, so that it must not be sent again. */
  Instant awaitedUntil() {
    return switch (outcome) {
      case UNCERTAIN -> at.plus(AMBIGUOUS);
      case ACKNOWLEDGED -> at.plus(INDEXING_TIMEOUT);
      case REPLACED -> at.plus(REPLACING);
      case REJECTED -> at;
      case REMOVED -> at.plus(backoff(attempts - 1));
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

  private static Duration backoff(int doublings) {
    var doubled = AMBIGUOUS.multipliedBy(1L << Math.clamp(doublings, 0, MOST_DOUBLINGS));
    return doubled.compareTo(LONGEST_BACKOFF) < 0 ? doubled : LONGEST_BACKOFF;
  }
}
