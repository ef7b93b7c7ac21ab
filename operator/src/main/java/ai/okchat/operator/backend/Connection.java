package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.RecordedBackend;
import ai.okchat.operator.backend.Seats.Seat;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A backend object that could be resolved: the account behind it and how to treat it.
 *
 * @param origin what an id that comes from here is recorded with
 */
public record Connection(
    BackendKey backend,
    RecordedBackend origin,
    Account account,
    Duration requestTimeout,
    Duration pollInterval) {

  private static final Duration SHORTEST_GRACE = Duration.ofSeconds(30);
  private static final Duration LONGEST_GRACE = Duration.ofSeconds(60);

  /** The same, for requests that nobody waits for. */
  public Connection inBackground() {
    return new Connection(backend, origin, account.inBackground(), requestTimeout, pollInterval);
  }

  /** The same, for a pass that takes its seat with the first request. */
  public Connection inBackground(Seat seat) {
    return new Connection(
        backend, origin, account.inBackground(seat), requestTimeout, pollInterval);
  }

  /**
   * Whether an id that was recorded with this backend object counts here: the object is the same
   * and names the same URL. A rotated key leaves that as it is.
   */
  public boolean isOrigin(@Nullable RecordedBackend recorded) {
    return origin.equals(recorded);
  }

  /** How long after an attempt to create a bot may turn up that no list shows yet. */
  public Duration createGrace() {
    var twice = requestTimeout.multipliedBy(2);
    if (twice.compareTo(SHORTEST_GRACE) < 0) {
      return SHORTEST_GRACE;
    }
    return twice.compareTo(LONGEST_GRACE) > 0 ? LONGEST_GRACE : twice;
  }
}
