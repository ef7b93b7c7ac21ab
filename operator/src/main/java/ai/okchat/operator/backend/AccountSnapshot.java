package ai.okchat.operator.backend;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How an account is asked at present, in numbers.
 *
 * @param allowedPerSecond requests a second that the specs allow
 * @param learntPerSecond requests a second after what refusals taught
 * @param heldUntil until when the backend wants no request
 */
public record AccountSnapshot(
    AccountId account,
    double allowedPerSecond,
    double learntPerSecond,
    Optional<Instant> heldUntil,
    LaneSnapshot people,
    LaneSnapshot background) {

  /**
   * One of the two lanes.
   *
   * @param waiting how many requests wait now
   * @param turns how many have gone since the start
   * @param waited how long those waited, all together
   */
  public record LaneSnapshot(int waiting, long turns, Duration waited) {}
}
