package ai.okchat.operator.account;

import ai.okchat.operator.scheduling.MonotonicTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Limits the requests of one account: a token bucket whose rate adapts to 429 responses, and a
 * pause that the backend requests. All objects of the account share it, since the backend counts
 * per account too. The wall clock is only for users, to show until when a pause lasts.
 */
final class RateLimiter {

  private final Clock clock;
  private final MonotonicTime time;
  private double burst = 20;
  private double tokens = burst;
  private Instant filledAt;
  private AimdRate rate;
  private double pace;
  private Instant takenAt;
  private @Nullable Instant throttledUntil;
  private @Nullable Instant throttledUntilWallClock;
  private @Nullable Instant slowedAt;

  RateLimiter(Clock clock, MonotonicTime time) {
    this.clock = clock;
    this.time = time;
    this.filledAt = time.instant();
    this.takenAt = filledAt;
    this.rate = AimdRate.full(10, filledAt);
  }

  synchronized void configure(double perSecond, double newBurst) {
    fill();
    tokens += newBurst - burst;
    burst = newBurst;
    if (perSecond != rate.ceiling()) {
      rate = rate.under(perSecond, time.instant());
    }
  }

  /** Returns until when the backend rejects requests; empty if it accepts them. */
  synchronized Optional<Instant> throttledUntil() {
    return Optional.ofNullable(throttledUntilWallClock).filter(_ -> throttledFor().isPositive());
  }

  /** Returns the remaining pause; zero or less if there is none. */
  synchronized Duration throttledFor() {
    return throttledUntil == null
        ? Duration.ZERO
        : Duration.between(time.instant(), throttledUntil);
  }

  /**
   * Records a 429 response. Several requests that ran at once reduce the rate only once.
   *
   * @param sentAt when that request was sent, in monotonic time
   * @param pause how long the backend rejects requests
   * @return whether a pause begins with this
   */
  synchronized boolean refused(Instant sentAt, Duration pause) {
    var now = time.instant();
    fill();
    var before = throttledFor();
    var pauses = before.compareTo(pause) > 0 ? before : pause;
    var until = now.plus(pauses);
    if (slowedAt == null || sentAt.isAfter(slowedAt)) {
      rate = rate.halved(pace, now, until);
      slowedAt = now;
    }
    if (!until.equals(throttledUntil)) {
      throttledUntil = until;
      throttledUntilWallClock = clock.instant().plus(pauses);
    }
    // One request tests the backend when the pause ends; it would only reject a burst again.
    tokens = 1;
    filledAt = until;
    return !before.isPositive();
  }

  /** Takes one token; returns false if there is none now or requests are paused. */
  synchronized boolean tryAcquire() {
    fill();
    if (tokens < 1 || throttledFor().isPositive()) {
      return false;
    }
    tokens -= 1;
    notePace();
    return true;
  }

  /** Returns the time until there is a token, if no other request takes it. */
  synchronized Duration untilRoom() {
    fill();
    var missing = Math.max(0, 1 - tokens) / rate.at(time.instant());
    var untilFilling = Duration.between(time.instant(), filledAt);
    var wait = Duration.ofNanos((long) Math.ceil(missing * 1e9));
    return untilFilling.isPositive() ? wait.plus(untilFilling) : wait;
  }

  /** Returns the current rate in requests per second. */
  synchronized double perSecond() {
    return rate.at(time.instant());
  }

  /** Returns the requests per second of the spec. */
  synchronized double ceiling() {
    return rate.ceiling();
  }

  /** Estimates the requests of the last second: the weight of older ones decays. */
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
    // The rate grows linearly except for one bend, so the mean of both ends is the rate in between.
    tokens = Math.min(burst, tokens + seconds * (rate.at(filledAt) + rate.at(now)) / 2);
    filledAt = now;
  }
}
