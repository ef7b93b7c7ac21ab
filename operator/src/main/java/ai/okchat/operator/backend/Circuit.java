package ai.okchat.operator.backend;

import ai.okchat.operator.okchat.OkChatException;
import ai.okchat.operator.status.MonotonicTime;
import java.time.Duration;
import java.time.Instant;

/**
 * Stops the requests of an account after some in a row that found no working backend. It half-opens
 * by time, for one request; that one closes it, or opens it for twice as long. Lists are never
 * stopped: the first good one after it opened closes it too.
 */
final class Circuit {

  static final int TOLERATED = 5;

  /** Until the first request is let through. */
  static final Duration FIRST_WAIT = Duration.ofSeconds(30);

  static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private final MonotonicTime time;
  private final RejectedRequests rejected;
  private int inVain;
  private Duration wait = FIRST_WAIT;
  private Instant triedAgainAt;
  private boolean isTrying;
  private boolean closedByList;

  Circuit(MonotonicTime time) {
    this.time = time;
    this.rejected = new RejectedRequests(time);
    this.triedAgainAt = time.instant();
  }

  /** Whether a request may be sent now. */
  enum Admission {
    /** Not before the circuit closes or half-opens. */
    REFUSED,
    /** The circuit is closed. */
    REQUEST,
    /** The one that is let through to try the backend. */
    PROBE
  }

  /** Whether requests are paused, but for the one that tries the backend. */
  synchronized boolean isOpen() {
    return inVain >= TOLERATED;
  }

  /** Whether nothing but lists may be sent now. */
  synchronized boolean isRefusing() {
    return isOpen() && (isTrying || time.instant().isBefore(triedAgainAt));
  }

  /** Asked right before a request is sent; each but a refused one must end in one of the below. */
  synchronized Admission admit() {
    if (!isOpen()) {
      return Admission.REQUEST;
    }
    if (isRefusing()) {
      return Admission.REFUSED;
    }
    isTrying = true;
    return Admission.PROBE;
  }

  /**
   * A request was answered as it should be.
   *
   * @return whether this closed the circuit
   */
  synchronized boolean answered() {
    var wasOpen = isOpen();
    inVain = 0;
    wait = FIRST_WAIT;
    isTrying = false;
    closedByList = false;
    return wasOpen;
  }

  /**
   * A request failed. A refusal is an answer: the backend works.
   *
   * @return whether this opened or closed the circuit
   */
  synchronized boolean failed(Admission as, OkChatException e) {
    var isProbe = as == Admission.PROBE;
    if (isProbe) {
      isTrying = false;
    }
    return switch (e.kind()) {
      case UNAVAILABLE, UNEXPECTED_ANSWER -> !e.isConfined() && failedInVain(isProbe);
      case CREDENTIALS_REJECTED -> {
        rejected.note();
        yield answered();
      }
      case RATE_LIMITED, INVALID_CALL -> false; // Says nothing about the next call.
      case REQUEST_REJECTED, CONFLICT, QUOTA_EXCEEDED, NOT_FOUND -> answered();
    };
  }

  /** A request ended without a word about the backend. */
  synchronized void abandoned(Admission as) {
    if (as == Admission.PROBE) {
      isTrying = false;
    }
  }

  /**
   * A list succeeded. Where the requests after an earlier one failed again, only time helps.
   *
   * @return whether there are objects to be told, since requests of theirs failed
   */
  synchronized boolean listed() {
    var tells = rejected.areToBeTold();
    if (!isOpen() || (closedByList && time.instant().isBefore(triedAgainAt))) {
      return tells;
    }
    closedByList = true;
    inVain = TOLERATED - 1;
    return true;
  }

  private boolean failedInVain(boolean isProbe) {
    var wasOpen = isOpen();
    inVain = Math.min(inVain + 1, TOLERATED);
    if (isProbe || (!wasOpen && isOpen() && closedByList)) {
      wait = shorter(wait.multipliedBy(2), LONGEST_WAIT);
    }
    if (isProbe || (!wasOpen && isOpen())) {
      triedAgainAt = time.instant().plus(wait);
    }
    return !wasOpen && isOpen();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
