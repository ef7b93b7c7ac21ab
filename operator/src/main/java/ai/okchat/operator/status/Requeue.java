package ai.okchat.operator.status;

import java.time.Duration;

/** The time of the next reconciliation of an object, apart from any event about it. */
public sealed interface Requeue {

  /** After a transient failure: with exponential backoff, forever. */
  record Backoff() implements Requeue {}

  /** After a fixed time, although nothing is expected to change before an event. */
  record Recheck(Duration after) implements Requeue {}

  /** Once an hour, for objects that wait for a user: events can be lost, clocks cannot. */
  Requeue HOURLY = new Recheck(Duration.ofHours(1));

  Requeue BACKOFF = new Backoff();

  static Requeue in(Duration after) {
    return new Recheck(after);
  }
}
