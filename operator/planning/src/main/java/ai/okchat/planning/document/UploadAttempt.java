package ai.okchat.planning.document;

import ai.okchat.planning.BoundedText;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The last attempt to send or to remove a document.
 *
 * @param message why the document failed; else empty
 * @param attempts how many requests in a row ended without a conclusive response
 */
public record UploadAttempt(Outcome outcome, Instant at, String message, int attempts) {

  /** How long a document may still be listed that the backend has perhaps received. */
  public static final Duration AMBIGUOUS = Duration.ofSeconds(60);

  /** How long the backend may take to list a document that it has accepted. */
  public static final Duration INDEXING_TIMEOUT = Duration.ofHours(2);

  /** How long the list may show the old title of a replaced document. */
  public static final Duration REPLACING = Duration.ofSeconds(5);

  /** Attempts without a conclusive response after which the document counts as failed. */
  public static final int MOST_ATTEMPTS = 5;

  public static final Duration SHORTEST_POLL = Duration.ofSeconds(1);
  private static final Duration LONGEST_POLL = Duration.ofSeconds(60);
  private static final Duration LATE = Duration.ofMinutes(15);
  private static final Duration LONGEST_BACKOFF = Duration.ofHours(1);
  private static final Duration REJECTED_AGAIN = Duration.ofDays(1);
  private static final int MOST_DOUBLINGS = 6;
  private static final int LONGEST_MESSAGE = 200;

  /** The known outcome of the attempt. */
  public enum Outcome {
    /** The response was lost, or the operator stopped meanwhile. */
    UNCERTAIN,
    /** The backend accepted the document; the list has to show it. */
    ACKNOWLEDGED,
    /** The document replaced a listed one; the list has to show the new title. */
    REPLACED,
    /** The backend rejected the document. */
    REJECTED,
    /** The backend removed the document; the list has to stop showing it. */
    REMOVED
  }

  public UploadAttempt {
    message = BoundedText.cut(message, LONGEST_MESSAGE);
  }

  public static UploadAttempt of(Outcome outcome, Instant at) {
    return new UploadAttempt(outcome, at, "", 0);
  }

  public static UploadAttempt rejected(Instant at, String message) {
    return new UploadAttempt(Outcome.REJECTED, at, message, 0);
  }

  public boolean isRejected() {
    return outcome == Outcome.REJECTED;
  }

  /** Returns whether the document counts as failed until it is sent again. */
  public boolean isFailed() {
    return isRejected() || (outcome == Outcome.UNCERTAIN && attempts >= MOST_ATTEMPTS);
  }

  /** Returns when a failed document is sent again although nothing has changed. */
  public Instant retryAt() {
    return at.plus(isRejected() ? REJECTED_AGAIN : backoff(attempts - MOST_ATTEMPTS + 1));
  }

  /** Returns whether the document is failed and must not be sent now. */
  public boolean isFailedStill(Instant now) {
    return isFailed() && retryAt().isAfter(now);
  }

  /** Returns until when the document may still be listed, so that it must not be sent again. */
  public Instant awaitedUntil() {
    return switch (outcome) {
      case UNCERTAIN -> at.plus(AMBIGUOUS);
      case ACKNOWLEDGED -> at.plus(INDEXING_TIMEOUT);
      case REPLACED -> at.plus(REPLACING);
      case REJECTED -> at;
      case REMOVED -> at.plus(backoff(attempts - 1));
    };
  }

  public boolean isAwaited(Instant now) {
    return awaitedUntil().isAfter(now);
  }

  /** Returns whether the list should have shown the document long ago. */
  public boolean isLate(Instant now) {
    return at.plus(LATE).isBefore(now);
  }

  /** Returns when to read the list again: at growing intervals, but not after the wait is over. */
  public Duration poll(Instant now) {
    var grown = Duration.between(at, now).dividedBy(2);
    var remaining = Duration.between(now, awaitedUntil());
    return Stream.of(LONGEST_POLL, grown, remaining)
        .min(Comparator.naturalOrder())
        .filter(interval -> interval.compareTo(SHORTEST_POLL) > 0)
        .orElse(SHORTEST_POLL);
  }

  private static Duration backoff(int doublings) {
    var doubled = AMBIGUOUS.multipliedBy(1L << Math.clamp(doublings, 0, MOST_DOUBLINGS));
    return doubled.compareTo(LONGEST_BACKOFF) < 0 ? doubled : LONGEST_BACKOFF;
  }
}
