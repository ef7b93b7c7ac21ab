package ai.okchat.operator.account;

import java.time.Duration;
import java.time.Instant;

/**
 * The request rate that an account tolerates, learned from 429 responses: half of the sent rate,
 * then linear growth to the sent rate in half of {@link #RECOVERY}, when the next 429 is expected,
 * and from there to the rate of the spec in the other half. Pure.
 *
 * @param ceiling requests per second by the spec
 * @param learned requests per second at {@code since}
 * @param since when the rate begins to grow
 */
record AimdRate(double ceiling, double learned, Instant since) {

  /** From a 429 response to the ceiling, if no other follows. */
  static final Duration RECOVERY = Duration.ofMinutes(1);

  /** Minimum of requests per second, unless the ceiling is lower. */
  static final double FLOOR = 0.1;

  static AimdRate full(double ceiling, Instant now) {
    return new AimdRate(ceiling, ceiling, now);
  }

  double at(Instant now) {
    var halves = Math.max(0, 2 * seconds(Duration.between(since, now)) / seconds(RECOVERY));
    if (halves >= 2) {
      return ceiling;
    }
    var rejected = Math.min(ceiling, 2 * learned);
    var grown =
        halves <= 1 ? learned * (1 + halves) : rejected + (ceiling - rejected) * (halves - 1);
    return Math.min(ceiling, grown);
  }

  /**
   * Returns the rate after a 429 response.
   *
   * @param sent requests per second that were really sent: maybe far less than allowed
   * @param resumes when requests are sent again
   */
  AimdRate halved(double sent, Instant now, Instant resumes) {
    var slower = Math.max(Math.min(at(now), sent) / 2, FLOOR);
    return new AimdRate(ceiling, Math.min(slower, ceiling), resumes);
  }

  /** Returns the rate under a new ceiling; the learned rate remains. */
  AimdRate under(double newCeiling, Instant now) {
    var isFull = at(now) >= ceiling;
    return isFull
        ? full(newCeiling, now)
        : new AimdRate(newCeiling, Math.min(at(now), newCeiling), later(since, now));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
