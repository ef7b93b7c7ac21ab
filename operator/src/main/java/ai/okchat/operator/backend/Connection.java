package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.RecordedBackend;
import ai.okchat.operator.account.Account;
import ai.okchat.operator.scheduling.BackgroundPermits.Permit;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A resolved backend object: its account and its settings.
 *
 * @param origin recorded with each ID that comes through this connection
 */
public record Connection(
    BackendKey backend,
    RecordedBackend origin,
    Account account,
    Duration requestTimeout,
    Duration pollInterval) {

  private static final Duration SHORTEST_GRACE = Duration.ofSeconds(30);
  private static final Duration LONGEST_GRACE = Duration.ofSeconds(60);

  /** Returns the same connection for background requests. */
  public Connection inBackground() {
    return new Connection(backend, origin, account.inBackground(), requestTimeout, pollInterval);
  }

  /**
   * Returns the same connection for a reconciliation that takes its permit with the first request.
   */
  public Connection inBackground(Permit permit) {
    return new Connection(
        backend, origin, account.inBackground(permit), requestTimeout, pollInterval);
  }

  /**
   * Returns whether an ID that was recorded with this backend object is valid here: the object is
   * the same and names the same URL. A rotated key does not change that.
   */
  public boolean isOrigin(@Nullable RecordedBackend recorded) {
    return origin.equals(recorded);
  }

  /** Returns how long after a create request a bot may appear that no list shows yet. */
  public Duration createGrace() {
    var twice = requestTimeout.multipliedBy(2);
    if (twice.compareTo(SHORTEST_GRACE) < 0) {
      return SHORTEST_GRACE;
    }
    return twice.compareTo(LONGEST_GRACE) > 0 ? LONGEST_GRACE : twice;
  }
}
