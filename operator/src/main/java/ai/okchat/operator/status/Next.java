package ai.okchat.operator.status;

import java.time.Duration;

/** When to look at an object again, apart from any event about it. */
public sealed interface Next {

  /** Something passing: exponentially later, for ever. */
  record Backoff() implements Next {}

  /** Nothing will change by itself before an event; looked at again all the same. */
  record Recheck(Duration after) implements Next {}

  /** What waits for a person is looked at once an hour: events can be lost, clocks can not. */
  Next HOURLY = new Recheck(Duration.ofHours(1));

  Next BACKOFF = new Backoff();

  static Next in(Duration after) {
    return new Recheck(after);
  }
}
