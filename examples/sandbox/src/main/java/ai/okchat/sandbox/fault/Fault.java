package ai.okchat.sandbox.fault;

import ai.okchat.sandbox.http.Endpoint;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One injected fault: its kind, its endpoint and its repetitions.
 *
 * @param endpoint null: all endpoints
 * @param answer the response of the kinds that replace the real one; null for other kinds
 */
public record Fault(
    @Nullable Endpoint endpoint,
    FaultKind kind,
    @Nullable Answer answer,
    long delayMillis,
    Window window) {

  static final int UNTIL_CLEARED = -1;

  /** The response that replaces the real one. */
  public record Answer(int status, Map<String, String> headers, String body) {
    public Answer {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * Selects the matching requests that the fault applies to.
   *
   * @param skip number of first requests without the fault
   * @param times number of requests with the fault after them; -1: all until it is cleared
   */
  public record Window(int skip, int times) {
    boolean holds(int countBefore) {
      return countBefore >= skip && (times == UNTIL_CLEARED || countBefore < skip + times);
    }
  }

  boolean concerns(Endpoint called) {
    var hit = endpoint == null || endpoint == called;
    return hit && (kind != FaultKind.EMPTY_LIST || EmptyList.ENDPOINTS.contains(called));
  }
}
