package ai.okchat.operator.backend;

import ai.okchat.operator.status.MonotonicTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How fast one account may be asked: a token bucket whose rate learns from refusals, and a hold
 * that the backend itself ordered. Shared by all objects of the account, since the backend counts
 * per account too. The wall clock only tells people until when a hold lasts.
 */
final class RequestBudget {

  private final Clock clock;
  private final MonotonicTime time;
  private double burst = 20;
  private double tokens = burst;
  private Instant filledAt;
  private AdaptiveRate rate;
  private double pace;
  private Instant takenAt;
  private @Nullable Instant heldUntil;
  private @Nullable Instant heldUntilOnTheClock;
  private @Nullable Instant slowedAt;

  RequestBudget(Clock clock, MonotonicTime time) {
    this.clock = clock;
    this.time = time;
    this.filledAt = time.instant();
    this.takenAt = filledAt;
    this.rate = AdaptiveRate.full(10, filledAt);
  }

  synchronized void configure(double perSecond, double newBurst) {
    fill();
    tokens += newBurst - burst;
    burst = newBurst;
    if (perSecond != rate.ceiling()) {
      rate = rate.under(perSecond, time.instant());
    }
  }

  /** Until when the backend wants no request; empty where it did not say so or it is over. */
  synchronized Optional<Instant> heldUntil() {
    return Optional.ofNullable(heldUntilOnTheClock).filter(_ -> holdLeft().isPositive());
  }

  /** What is left of the hold; zero or less where there is none. */
  synchronized Duration holdLeft() {
    return heldUntil == null ? Duration.ZERO : Duration.between(time.instant(), heldUntil);
  }

  /**
   * The backend refused a request for its rate. Many that were under way at once are one lesson.
   *
   * @param sentAt when that request was sent, in monotonic time
   * @param pause how long the backend wants none
   * @return whether a hold begins with this
   */
  synchronized boolean refused(Instant sentAt, Duration pause) {
    var now = time.instant();
    fill();
    var before = holdLeft();
    var pauses = before.compareTo(pause) > 0 ? before : pause;
    var until = now.plus(pauses);
    if (slowedAt == null || sentAt.isAfter(slowedAt)) {
      rate = rate.halved(pace, now, until);
      slowedAt = now;
    }
    if (!until.equals(heldUntil)) {
      heldUntil = until;
      heldUntilOnTheClock = clock.instant().plus(pauses);
    }
    // One request tries it when the hold ends; a burst would only be refused again.
    tokens = 1;
    filledAt = until;
    return !before.isPositive();
  }

  /** Takes one request out of the budget, where there is room now. */
  synchronized boolean take() {
    fill();
    if (tokens < 1 || holdLeft().isPositive()) {
      return false;
    }
    tokens -= 1;
    notePace();
    return true;
  }

  /** How long until there is room for one request, if nobody else takes it. */
  synchronized Duration untilRoom() {
    fill();
    var missing = Math.max(0, 1 - tokens) / rate.at(time.instant());
    var untilFilling = Duration.between(time.instant(), filledAt);
    var wait = Duration.ofNanos((long) Math.ceil(missing * 1e9));
    return untilFilling.isPositive() ? wait.plus(untilFilling) : wait;
  }

  /** Requests a second at present. */
  synchronized double perSecond() {
    return rate.at(time.instant());
  }

  /** Requests a second by the spec. */
  synchronized double ceiling() {
    return rate.ceiling();
  }

  /** Those of the last second, more or less: what is older weighs less and less. */
  private void notePace() {
    var now = time.instant();
    pace = 1 + pace * Math.exp(-Duration.between(takenAt, now).toNanos() / 1e9);
    takenAt = now;
  }

  private void fill() {
    var now = time.instant();
    if (!now.isAfter(filledAt)) {
      return;
    }
    var seconds = Duration.between(filledAt, now).toNanos() / 1e9;
    // The rate grows evenly, but for one bend: the mean of both ends is what came in between.
    tokens = Math.min(burst, tokens + seconds * (rate.at(filledAt) + rate.at(now)) / 2);
    filledAt = now;
  }
}
