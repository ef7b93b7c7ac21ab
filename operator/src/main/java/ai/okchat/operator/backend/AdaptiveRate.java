package ai.okchat.operator.backend;

import java.time.Duration;
import java.time.Instant;

/**
 * How fast an account bears to be asked, as learnt from its refusals: half of what was too fast,
 * then a little more with each second, up to what the spec allows. Pure.
 *
 * @param ceiling requests a second by the spec
 * @param learnt requests a second at that time
 * @param since when it begins to grow
 */
record AdaptiveRate(double ceiling, double learnt, Instant since) {

  /** From nothing to the ceiling. */
  static final Duration RECOVERY = Duration.ofMinutes(1);

  /** Not slower than this share of the ceiling: a rate must not need an hour to be learnt. */
  static final double FLOOR = 1.0 / 64;

  static AdaptiveRate full(double ceiling, Instant now) {
    return new AdaptiveRate(ceiling, ceiling, now);
  }

  double at(Instant now) {
    var grown = Math.max(0, seconds(Duration.between(since, now)) / seconds(RECOVERY));
    return Math.min(ceiling, learnt + ceiling * grown);
  }

  /**
   * It was too fast.
   *
   * @param resumes when requests are sent again
   */
  AdaptiveRate halved(Instant now, Instant resumes) {
    return new AdaptiveRate(ceiling, Math.max(at(now) / 2, ceiling * FLOOR), resumes);
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
