package ai.okchat.sandbox.gateway;

import ai.okchat.sandbox.http.ApiError;
import ai.okchat.sandbox.switches.LiveSwitches;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the requests of each organization in each second of the clock. */
final class RateLimit {
  private final Map<String, Second> seconds = new ConcurrentHashMap<>();
  private final LiveSwitches switches;
  private final Clock clock;

  private record Second(long second, int calls) {}

  RateLimit(LiveSwitches switches, Clock clock) {
    this.switches = switches;
    this.clock = clock;
  }

  /** Rejects a request above the limit with 429. */
  void count(String organizationId) {
    var limit = switches.now().rateLimitPerSecond();
    if (limit == 0) {
      return;
    }
    var now = clock.instant().getEpochSecond();
    var counted =
        seconds.merge(
            organizationId,
            new Second(now, 1),
            (before, first) ->
                before.second() == now ? new Second(now, before.calls() + 1) : first);
    if (counted.calls() > limit) {
      throw ApiError.tooManyRequests(1);
    }
  }
}
