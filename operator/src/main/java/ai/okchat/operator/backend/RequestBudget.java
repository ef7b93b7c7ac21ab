package ai.okchat.operator.backend;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How fast one account may be asked: a token bucket, and a hold that the backend itself ordered.
 * Shared by all objects of the account, since the backend counts per account too.
 */
final class RequestBudget {

  private final Clock clock;
  private double perSecond = 10;
  private double burst = 20;
  private double tokens = burst;
  private Instant filledAt;
  private @Nullable Instant heldUntil;

  RequestBudget(Clock clock) {
    this.clock = clock;
    this.filledAt = clock.instant();
  }

  synchronized void configure(double newPerSecond, double newBurst) {
    fill();
    tokens += newBurst - burst;
    perSecond = newPerSecond;
    burst = newBurst;
  }

  /** Until when the backend wants no request; empty where it did not say so or it is over. */
  synchronized Optional<Instant> heldUntil() {
    return Optional.ofNullable(heldUntil).filter(until -> until.isAfter(clock.instant()));
  }

  /** What is left of the hold; zero or less where there is none. */
  synchronized Duration holdLeft() {
    return heldUntil == null ? Duration.ZERO : Duration.between(clock.instant(), heldUntil);
  }

  synchronized void hold(Duration duration) {
    var until = clock.instant().plus(duration);
    if (heldUntil == null || heldUntil.isBefore(until)) {
      heldUntil = until;
    }
  }

  /**
   * Takes one request out of the budget.
   *
   * @return how long to wait before sending it; zero where there is room now
   */
  synchronized Duration take() {
    fill();
    tokens -= 1;
    return tokens >= 0 ? Duration.ZERO : Duration.ofNanos((long) (-tokens / perSecond * 1e9));
  }

  private void fill() {
    var now = clock.instant();
    var seconds = Math.max(0, Duration.between(filledAt, now).toNanos() / 1e9);
    tokens = Math.min(burst, tokens + seconds * perSecond);
    filledAt = now;
  }
}
