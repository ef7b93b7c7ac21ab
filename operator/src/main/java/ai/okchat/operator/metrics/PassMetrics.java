package ai.okchat.operator.metrics;

import ai.okchat.operator.status.Pass;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.javaoperatorsdk.operator.processing.Controller;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceAction;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the framework tells: which objects wait for a pass, and how passes go. The framework's own
 * meters have a label that grows with each attempt, so they are not used.
 */
final class PassMetrics implements Metrics {

  private static final String KIND = "kind";

  private final MeterRegistry registry;
  private final Clock clock;
  private final Lifetimes lifetimes;
  private final ObjectCensus census;
  private final Map<String, WaitingObjects> queues = new ConcurrentHashMap<>();

  PassMetrics(MeterRegistry registry, Clock clock, Lifetimes lifetimes, ObjectCensus census) {
    this.registry = registry;
    this.clock = clock;
    this.lifetimes = lifetimes;
    this.census = census;
  }

  @Override
  public void controllerRegistered(Controller<? extends HasMetadata> controller) {
    var kind = HasMetadata.getKind(controller.getConfiguration().getResourceClass());
    queue(kind);
    census.watch(kind, () -> controller.getEventSourceManager().getControllerEventSource().list());
  }

  /** Whether objects of a kind have waited for this long, and nothing moved meanwhile. */
  boolean isStuck(Duration patience) {
    return queues.values().stream().anyMatch(it -> it.isStuck(patience));
  }

  @Override
  public void receivedEvent(Event event, Map<String, Object> metadata) {
    if (event instanceof ResourceEvent change && change.getAction() == ResourceAction.DELETED) {
      change.getResource().ifPresent(lifetimes::gone);
    }
  }

  @Override
  public void reconcileCustomResource(
      HasMetadata resource, @Nullable RetryInfo retry, Map<String, Object> metadata) {
    queue(resource.getKind()).enqueued(resource.getMetadata().getUid());
    lifetimes.seen(resource);
  }

  @Override
  public void reconciliationExecutionStarted(HasMetadata resource, Map<String, Object> metadata) {
    Pass.begin(clock);
    queue(resource.getKind())
        .started(resource.getMetadata().getUid())
        .ifPresent(
            wait ->
                Timer.builder("okchat.reconcile.queue.wait")
                    .description("How long objects waited for a thread.")
                    .tag(KIND, resource.getKind())
                    .serviceLevelObjectives(Buckets.LATENCY)
                    .register(registry)
                    .record(wait));
  }

  @Override
  public void reconciliationExecutionFinished(HasMetadata resource, Map<String, Object> metadata) {
    queue(resource.getKind()).finished(resource.getMetadata().getUid());
    Pass.end()
        .ifPresent(
            pass ->
                Timer.builder("okchat.reconcile")
                    .description("Passes over objects, by what they came to.")
                    .tags(KIND, resource.getKind(), "outcome", pass.outcome())
                    .serviceLevelObjectives(Buckets.LATENCY)
                    .register(registry)
                    .record(pass.elapsed()));
  }

  private WaitingObjects queue(String kind) {
    return queues.computeIfAbsent(kind, this::newQueue);
  }

  private WaitingObjects newQueue(String kind) {
    var queue = new WaitingObjects(clock);
    gauge("okchat.reconcile.queue.depth", kind, queue, WaitingObjects::depth)
        .description("Objects that wait for a thread.")
        .register(registry);
    gauge("okchat.reconcile.running", kind, queue, WaitingObjects::running)
        .description("Passes that are under way.")
        .register(registry);
    gauge("okchat.reconcile.queue.oldest", kind, queue, it -> seconds(it.longestWait()))
        .description("How long the first of the waiting objects has waited.")
        .baseUnit("seconds")
        .register(registry);
    gauge("okchat.reconcile.running.oldest", kind, queue, it -> seconds(it.longestPass()))
        .description("How long the oldest pass has lasted.")
        .baseUnit("seconds")
        .register(registry);
    return queue;
  }

  private static Gauge.Builder<WaitingObjects> gauge(
      String name, String kind, WaitingObjects queue, ToDoubleFunction<WaitingObjects> value) {
    return Gauge.builder(name, queue, value).tags(Tags.of(KIND, kind));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1_000.0;
  }
}
