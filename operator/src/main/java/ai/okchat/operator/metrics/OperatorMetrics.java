package ai.okchat.operator.metrics;

import ai.okchat.client.CallObserver;
import ai.okchat.operator.account.AccountRegistry;
import ai.okchat.operator.kubernetes.WriteListener;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Registers all metrics of the operator; {@code docs/metrics.md} has a row for each. */
public final class OperatorMetrics implements AutoCloseable {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ResourceGauges resourceGauges;
  private final ObjectMetrics objects;
  private final ReconcileMetrics reconciliations;
  private final Clock clock;
  private @Nullable ConversationMetrics conversationMetrics;

  /**
   * @param isLeader true if this process is the replica that reconciles
   */
  public OperatorMetrics(Clock clock, BooleanSupplier isLeader) {
    this.clock = clock;
    var readyLatency = new ReadyLatency(registry, clock);
    resourceGauges = new ResourceGauges(registry, clock, isLeader);
    reconciliations = new ReconcileMetrics(registry, clock, readyLatency, resourceGauges);
    objects = new ObjectMetrics(registry, readyLatency, reconciliations);
    Gauge.builder("okchat.leader", isLeader, leader -> leader.getAsBoolean() ? 1 : 0)
        .description("1 if this process reconciles, 0 if it waits for the Lease.")
        .register(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /** Observes every request to a backend. */
  public CallObserver calls() {
    return new CallMetrics(registry);
  }

  /** Observes events and writes of objects. */
  public WriteListener objects() {
    return objects;
  }

  /** Observes the framework. */
  public Metrics reconciliations() {
    return reconciliations;
  }

  /** Returns how long the reconciliation of this object has been running; empty if none is. */
  public Optional<Duration> elapsed(HasMetadata object) {
    return reconciliations.elapsed(object);
  }

  /**
   * Registers the metrics of the accounts.
   *
   * @param conversations interval between requests for the conversations of each bot; zero: never
   */
  public void watch(AccountRegistry accounts, Duration conversations) {
    BackendMetrics.register(accounts, registry, clock);
    if (conversations.isPositive()) {
      conversationMetrics =
          ConversationMetrics.start(
              registry, accounts::inBackground, resourceGauges::bots, conversations);
    }
  }

  /**
   * Returns whether objects have waited for this long, and no reconciliation started or ended
   * meanwhile.
   */
  public boolean isStuck(Duration patience) {
    return reconciliations.isStuck(patience);
  }

  /**
   * Returns which reconciliation has been running for longer than this, and since when; empty if
   * none has. Other objects of its kind may be reconciled meanwhile.
   */
  public Optional<String> overdue(Duration limit) {
    return reconciliations
        .overdue(limit)
        .map(
            run ->
                "the reconciliation of %s has been running since %s"
                    .formatted(run.object(), run.since().truncatedTo(ChronoUnit.SECONDS)));
  }

  /** Returns all metrics in the text format of Prometheus. */
  public String scrape() {
    resourceGauges.take();
    return registry.scrape();
  }

  @Override
  public void close() {
    if (conversationMetrics != null) {
      conversationMetrics.close();
    }
  }
}
