package ai.okchat.operator.metrics;

import ai.okchat.client.CallObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts every request to a backend by action and outcome, with its latency: {@code
 * okchat_backend_call_seconds}. No label grows with the number of objects.
 */
public final class CallMetrics implements CallObserver {

  static final String NAME = "okchat.backend.call";

  private final MeterRegistry registry;

  /** Caches the timers: a lookup in the registry takes longer than a recording. */
  private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

  private record Kind(String action, String outcome) {}

  public CallMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void observed(String action, String outcome, Duration latency) {
    timers.computeIfAbsent(new Kind(action, outcome), this::timer).record(latency);
  }

  private Timer timer(Kind kind) {
    return Timer.builder(NAME)
        .description("Requests to the backend, from the first byte sent to the last byte received.")
        .tag("action", kind.action())
        .tag("outcome", kind.outcome())
        .serviceLevelObjectives(Buckets.LATENCY)
        .register(registry);
  }
}
