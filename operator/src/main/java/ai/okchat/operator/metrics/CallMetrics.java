package ai.okchat.operator.metrics;

import ai.okchat.operator.okchat.CallObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/**
 * Every call to a backend by action and outcome, with its latency: {@code
 * okchat_backend_call_seconds}. No label grows with the number of objects.
 */
public final class CallMetrics implements CallObserver {

  static final String NAME = "okchat.backend.call";

  private final MeterRegistry registry;

  public CallMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void observed(String action, String outcome, Duration latency) {
    Timer.builder(NAME)
        .description("Calls to the chatbot backend.")
        .tag("action", action)
        .tag("outcome", outcome)
        .serviceLevelObjectives(Buckets.LATENCY)
        .register(registry)
        .record(latency);
  }
}
