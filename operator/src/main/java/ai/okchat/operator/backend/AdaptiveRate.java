package ai.okchat.operator.backend;

import java.time.Duration;
import java.time.Instant;

/**
 * How fast an account bears to be asked, as learnt from its refusals: half of what was sent, grown
 * evenly to that in half of {@link #RECOVERY}, where the next refusal is to be expected, and from
 * there to what the spec allows in the other half. Pure.
 *
 * @param ceiling requests a second by the spec
 * @param learnt requests a second at that time
 * @param since when it begins to grow
 */
record AdaptiveRate(double ceiling, double learnt, Instant since) {

  /** From a refusal to the ceiling, where no other comes. */
  static final Duration RECOVERY = Duration.ofMinutes(1);

  /** Requests a second; not slower than this, unless the spec is. */
  static final double FLOOR = 0.1;

  static AdaptiveRate full(double ceiling, Instant now) {
    return new AdaptiveRate(ceiling, ceiling, now);
  }

  double at(Instant now) {
    var halves = Math.max(0, 2 * seconds(Duration.between(since, now)) / seconds(RECOVERY));
    if (halves >= 2) {
      return ceiling;
    }
    var refused = Math.min(ceiling, 2 * learnt);
    var grown = halves <= 1 ? learnt * (1 + halves) : refused + (ceiling - refused) * (halves - 1);
    return Math.min(ceiling, grown);
  }

  /**
   * It was too fast.
   *
   * @param sent requests a second that were really sent: far less than allowed, maybe
   * @param resumes when requests are sent again
   */
  AdaptiveRate halved(double sent, Instant now, Instant resumes) {
    var slower = Math.max(Math.min(at(now), sent) / 2, FLOOR);
    return new AdaptiveRate(ceiling, Math.min(slower, ceiling), resumes);
  }

  /** The spec says otherwise now; what was learnt of the account stays. */
  AdaptiveRate under(double newCeiling, Instant now) {
    var isFull = at(now) >= ceiling;
    return isFull
        ? full(newCeiling, now)
        : new AdaptiveRate(newCeiling, Math.min(at(now), newCeiling), later(since, now));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
