package ai.okchat.operator.account;

import ai.okchat.operator.scheduling.MonotonicTime;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tracks requests whose key was rejected while lists succeed: their objects are notified of a
 * successful list, less and less often while the key is rejected again. Not thread-safe.
 */
final class RejectedRequests {

  /** A status that was written for the rejection is in every cache after this time. */
  private static final Duration SETTLED = Duration.ofSeconds(5);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private final MonotonicTime time;
  private @Nullable Instant lastRejection;
  private @Nullable Instant lastNotified;
  private Duration pause = FIRST_PAUSE;

  RejectedRequests(MonotonicTime time) {
    this.time = time;
  }

  /** Records a rejection; after a long time without any, it counts as the first one. */
  void note() {
    var now = time.instant();
    if (lastRejection == null && lastNotified != null && !now.isBefore(lastNotified.plus(pause))) {
      lastNotified = null;
    }
    lastRejection = now;
  }

  /** Returns whether the objects have to be notified of the list that just succeeded. */
  boolean areNotificationsDue() {
    var now = time.instant();
    var isSoon = lastNotified != null && now.isBefore(lastNotified.plus(pause));
    if (lastRejection == null || isSoon) {
      return false;
    }
    pause = lastNotified == null ? FIRST_PAUSE : doubled();
    lastNotified = now;
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
