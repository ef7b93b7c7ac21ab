package ai.okchat.operator.backend;

import ai.okchat.operator.status.MonotonicTime;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Requests whose key was rejected while lists succeed: their objects are told of a good list, less
 * and less often while they are rejected again. Not safe for use by many threads.
 */
final class RejectedRequests {

  /** A status that was written for the rejection is in every cache by then. */
  private static final Duration SETTLED = Duration.ofSeconds(5);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private final MonotonicTime time;
  private @Nullable Instant lastRejection;
  private @Nullable Instant lastTold;
  private Duration pause = FIRST_PAUSE;

  RejectedRequests(MonotonicTime time) {
    this.time = time;
  }

  /** One more; after a good while without any, it is the first again. */
  void note() {
    var now = time.instant();
    if (lastRejection == null && lastTold != null && !now.isBefore(lastTold.plus(pause))) {
      lastTold = null;
    }
    lastRejection = now;
  }

  /** Whether their objects are to be told of the list that just succeeded. */
  boolean areToBeTold() {
    var now = time.instant();
    var isSoon = lastTold != null && now.isBefore(lastTold.plus(pause));
    if (lastRejection == null || isSoon) {
      return false;
    }
    pause = lastTold == null ? FIRST_PAUSE : doubled();
    lastTold = now;
    if (!now.isBefore(lastRejection.plus(SETTLED))) {
      lastRejection = null;
    }
    return true;
  }

  private Duration doubled() {
    var twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }
}
