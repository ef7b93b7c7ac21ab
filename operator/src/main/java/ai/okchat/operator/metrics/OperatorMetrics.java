package ai.okchat.operator.metrics;

import ai.okchat.operator.backend.Accounts;
import ai.okchat.operator.okchat.CallObserver;
import ai.okchat.operator.status.Witness;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Puts the parts of this package together. {@code docs/metrics.md} has a row for each metric. */
public final class OperatorMetrics implements AutoCloseable {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ObjectCensus census;
  private final ObjectMetrics objects;
  private final PassMetrics passes;
  private final Clock clock;
  private @Nullable ConversationMetrics conversationMetrics;

  /**
   * @param working whether this process is the one of its replicas that works
   */
  public OperatorMetrics(Clock clock, BooleanSupplier working) {
    this.clock = clock;
    var lifetimes = new Lifetimes(registry, clock);
    census = new ObjectCensus(registry, clock, working);
    objects = new ObjectMetrics(registry, lifetimes);
    passes = new PassMetrics(registry, clock, lifetimes, census);
    Gauge.builder("okchat.operator.working", working, it -> it.getAsBoolean() ? 1 : 0)
        .description("1 where this process works, 0 where it waits for the Lease.")
        .register(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /** Sees every call to a backend. */
  public CallObserver calls() {
    return new CallMetrics(registry);
  }

  /** Sees what happens to objects. */
  public Witness objects() {
    return objects;
  }

  /** Sees what the framework does. */
  public Metrics passes() {
    return passes;
  }

  /**
   * Sees how the accounts stand.
   *
   * @param conversations how often the conversations of each bot are asked for; zero: never
   */
  public void watch(Accounts accounts, Duration conversations) {
    BackendMetrics.register(accounts, registry, clock);
    if (conversations.isPositive()) {
      conversationMetrics =
          ConversationMetrics.start(registry, accounts::inBackground, census::bots, conversations);
    }
  }

  /** Whether objects have waited for this long, and no pass began or ended meanwhile. */
  public boolean isStuck(Duration patience) {
    return passes.isStuck(patience);
  }

  /** All metrics, in the text form of Prometheus. */
  public String scrape() {
    census.take();
    return registry.scrape();
  }

  @Override
  public void close() {
    if (conversationMetrics != null) {
      conversationMetrics.close();
    }
  }
}
