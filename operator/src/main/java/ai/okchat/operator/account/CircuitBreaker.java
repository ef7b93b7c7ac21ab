package ai.okchat.operator.account;

import ai.okchat.client.OkChatException;
import ai.okchat.operator.scheduling.MonotonicTime;
import java.time.Duration;
import java.time.Instant;

/**
 * Stops the requests of an account after several in a row that found no working backend. It
 * half-opens after a wait, for one request; that request closes it, or opens it for twice as long.
 * Lists are never stopped: the first successful one after it opened closes it too.
 */
final class CircuitBreaker {

  static final int TOLERATED = 5;

  /** Wait before the first request is let through. */
  static final Duration FIRST_WAIT = Duration.ofSeconds(30);

  static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private final MonotonicTime time;
  private final RejectedRequests rejected;
  private int failures;
  private Duration wait = FIRST_WAIT;
  private Instant nextProbeAt;
  private boolean isProbing;
  private boolean closedByList;

  CircuitBreaker(MonotonicTime time) {
    this.time = time;
    this.rejected = new RejectedRequests(time);
    this.nextProbeAt = time.instant();
  }

  /** The admission of one request. */
  enum Admission {
    /** Nothing is sent before the circuit closes or half-opens. */
    REFUSED,
    /** The circuit is closed. */
    REQUEST,
    /** The circuit is half-open, and this request tests the backend. */
    PROBE
  }

  /** Returns whether requests are paused, except the one that tests the backend. */
  synchronized boolean isOpen() {
    return failures >= TOLERATED;
  }

  /** Returns whether only lists may be sent now. */
  synchronized boolean isRejecting() {
    return isOpen() && (isProbing || time.instant().isBefore(nextProbeAt));
  }

  /**
   * Admits a request right before it is sent; each admitted one must end in one of the methods
   * below.
   */
  synchronized Admission admit() {
    if (!isOpen()) {
      return Admission.REQUEST;
    }
    if (isRejecting()) {
      return Admission.REFUSED;
    }
    isProbing = true;
    return Admission.PROBE;
  }

  /**
   * Records a successful request.
   *
   * @return whether this closed the circuit
   */
  synchronized boolean answered() {
    var wasOpen = isOpen();
    failures = 0;
    wait = FIRST_WAIT;
    isProbing = false;
    closedByList = false;
    return wasOpen;
  }

  /**
   * Records a failed request. An error response shows that the backend works.
   *
   * @return whether this opened or closed the circuit
   */
  synchronized boolean failed(Admission as, OkChatException e) {
    var isProbe = as == Admission.PROBE;
    if (isProbe) {
      isProbing = false;
    }
    return switch (e.kind()) {
      case UNAVAILABLE, UNEXPECTED_RESPONSE -> !e.isConfined() && countFailure(isProbe);
      case CREDENTIALS_REJECTED -> {
        rejected.note();
        yield answered();
      }
      case RATE_LIMITED, INVALID_CALL -> false; // Says nothing about the next request.
      case REQUEST_REJECTED, CONFLICT, QUOTA_EXCEEDED, NOT_FOUND -> answered();
    };
  }

  /** Records a request that ended without information about the backend. */
  synchronized void abandoned(Admission as) {
    if (as == Admission.PROBE) {
      isProbing = false;
    }
  }

  /**
   * Records a successful list. If an earlier one closed the circuit and requests failed again, the
   * circuit stays open for its time.
   *
   * @return whether objects have to be notified, because their requests failed
   */
  synchronized boolean listed() {
    var notifies = rejected.areNotificationsDue();
    if (!isOpen() || (closedByList && time.instant().isBefore(nextProbeAt))) {
      return notifies;
    }
    closedByList = true;
    failures = TOLERATED - 1;
    return true;
  }

  private boolean countFailure(boolean isProbe) {
    var wasOpen = isOpen();
    failures = Math.min(failures + 1, TOLERATED);
    if (isProbe || (!wasOpen && isOpen() && closedByList)) {
      wait = shorter(wait.multipliedBy(2), LONGEST_WAIT);
    }
    if (isProbe || (!wasOpen && isOpen())) {
      nextProbeAt = time.instant().plus(wait);
    }
    return !wasOpen && isOpen();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
