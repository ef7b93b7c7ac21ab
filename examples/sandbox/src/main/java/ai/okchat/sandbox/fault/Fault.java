package ai.okchat.sandbox.fault;

import ai.okchat.sandbox.http.Endpoint;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What shall go wrong, where and how often.
 *
 * @param endpoint absent: all of them
 * @param answer what kinds that answer by themselves say
 */
public record Fault(
    @Nullable Endpoint endpoint,
    FaultKind kind,
    @Nullable Answer answer,
    long delayMillis,
    Window window) {

  static final int UNTIL_CLEARED = -1;

  /** The answer in place of the real one. */
  public record Answer(int status, Map<String, String> headers, String body) {
    public Answer {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * Which of the matching calls are hit.
   *
   * @param skip calls that are let through first
   * @param times calls that are hit then; -1: all until it is cleared
   */
  public record Window(int skip, int times) {
    boolean holds(int seenBefore) {
      return seenBefore >= skip && (times == UNTIL_CLEARED || seenBefore < skip + times);
    }
  }

  boolean concerns(Endpoint called) {
    var hit = endpoint == null || endpoint == called;
    return hit && (kind != FaultKind.EMPTY_LIST || EmptyList.ENDPOINTS.contains(called));
  }
}
