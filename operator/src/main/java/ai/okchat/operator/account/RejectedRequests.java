package ai.okchat.operator.account;

import ai.okchat.operator.scheduling.MonotonicTime;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tracks requests whose key was rejected while lists succeed: their objects are notified of a
 * successful list, less and less often while the key is rejected again. When the notified objects
 * are not rejected any longer, the next rejection counts as the first. Not thread-safe.
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

  /** Records a rejection. */
  void note() {
    lastRejection = time.instant();
  }

  /** Returns whether the objects have to be notified of the list that just succeeded. */
  boolean areNotificationsDue() {
    if (lastRejection == null) {
      return false;
    }
    var now = time.instant();
    if (lastNotified == null || !lastRejection.isBefore(lastNotified)) {
      return notifyUnlessSoon(now);
    }
    if (now.isBefore(lastNotified.plus(SETTLED))) {
      return false;
    }
    var wasEarly = lastNotified.isBefore(lastRejection.plus(SETTLED));
    lastRejection = null;
    lastNotified = null;
    return wasEarly;
  }

  private boolean notifyUnlessSoon(Instant now) {
    if (lastNotified != null && now.isBefore(lastNotified.plus(pause))) {
      return false;
    }
    pause = lastNotified == null ? FIRST_PAUSE : doubled();
    lastNotified = now;
    return true;
  }

  private Duration doubled() {
    var twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }
}
