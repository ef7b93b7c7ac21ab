package ai.okchat.operator.metrics;

import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.javaoperatorsdk.operator.processing.Controller;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.source.ResourceAction;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Metrics of the framework: the objects that wait for a reconciliation, and the outcome of each.
 * The meters of the framework have a label that grows with each attempt, so they are not used.
 */
final class ReconcileMetrics implements Metrics {

  private static final String KIND = "kind";

  private final MeterRegistry registry;
  private final Clock clock;
  private final ReadyLatency readyLatency;
  private final ResourceGauges resourceGauges;
  private final Map<String, WorkQueueTracker> queues = new ConcurrentHashMap<>();

  ReconcileMetrics(
      MeterRegistry registry,
      Clock clock,
      ReadyLatency readyLatency,
      ResourceGauges resourceGauges) {
    this.registry = registry;
    this.clock = clock;
    this.readyLatency = readyLatency;
    this.resourceGauges = resourceGauges;
  }

  @Override
  public void controllerRegistered(Controller<? extends HasMetadata> controller) {
    var kind = HasMetadata.getKind(controller.getConfiguration().getResourceClass());
    queue(kind);
    resourceGauges.watch(
        kind, () -> controller.getEventSourceManager().getControllerEventSource().list());
  }

  /**
   * Returns whether objects of a kind have waited for this long, and no reconciliation started or
   * ended meanwhile.
   */
  boolean isStuck(Duration patience) {
    return queues.values().stream().anyMatch(queue -> queue.isStuck(patience));
  }

  /** Returns the reconciliation that has been running longest, if for longer than this. */
  Optional<WorkQueueTracker.Running> overdue(Duration limit) {
    return queues.values().stream()
        .flatMap(queue -> queue.overdue(limit).stream())
        .min(Comparator.comparing(WorkQueueTracker.Running::since));
  }

  /** Records that the running reconciliation of this object ends with its status. */
  void recordOutcome(HasMetadata object) {
    var outcome =
        Conditions.find(Conditions.of(object), ConditionType.Ready)
            .map(Condition::getReason)
            .filter(Reason::isKnown)
            .orElse(WorkQueueTracker.NO_OUTCOME);
    queue(object.getKind()).recordOutcome(object.getMetadata().getUid(), outcome);
  }

  /** Returns how long the reconciliation of this object has been running; empty if none is. */
  Optional<Duration> elapsed(HasMetadata object) {
    return Optional.ofNullable(queues.get(object.getKind()))
        .flatMap(queue -> queue.elapsed(object.getMetadata().getUid()));
  }

  @Override
  public void eventReceived(Event event, Map<String, Object> metadata) {
    if (event instanceof ResourceEvent change && change.getAction() == ResourceAction.DELETED) {
      change.getResource().ifPresent(readyLatency::gone);
    }
  }

  @Override
  public void reconciliationSubmitted(
      HasMetadata resource, @Nullable RetryInfo retry, Map<String, Object> metadata) {
    queue(resource.getKind()).enqueued(resource.getMetadata().getUid());
    readyLatency.seen(resource);
  }

  @Override
  public void reconciliationStarted(HasMetadata resource, Map<String, Object> metadata) {
    queue(resource.getKind())
        .started(resource.getMetadata().getUid(), described(resource))
        .ifPresent(
            wait ->
                Timer.builder("okchat.reconcile.queue.wait")
                    .description("Time that objects waited for a thread.")
                    .tag(KIND, resource.getKind())
                    .serviceLevelObjectives(Buckets.LATENCY)
                    .register(registry)
                    .record(wait));
  }

  @Override
  public void reconciliationFinished(
      HasMetadata resource, @Nullable RetryInfo retry, Map<String, Object> metadata) {
    queue(resource.getKind())
        .finished(resource.getMetadata().getUid())
        .ifPresent(
            ended ->
                Timer.builder("okchat.reconcile")
                    .description("Reconciliations by their outcome.")
                    .tags(KIND, resource.getKind(), "outcome", ended.outcome())
                    .serviceLevelObjectives(Buckets.LATENCY)
                    .register(registry)
                    .record(ended.duration()));
  }

  private WorkQueueTracker queue(String kind) {
    return queues.computeIfAbsent(kind, this::newQueue);
  }

  private WorkQueueTracker newQueue(String kind) {
    var queue = new WorkQueueTracker(clock);
    gauge("okchat.reconcile.queue.depth", kind, queue, WorkQueueTracker::depth)
        .description("Objects that wait for a thread.")
        .register(registry);
    gauge("okchat.reconcile.running", kind, queue, WorkQueueTracker::running)
        .description("Reconciliations that are running.")
        .register(registry);
    gauge("okchat.reconcile.queue.oldest", kind, queue, tracker -> seconds(tracker.longestWait()))
        .description("Longest time that a waiting object has waited.")
        .baseUnit("seconds")
        .register(registry);
    gauge(
            "okchat.reconcile.longest.running",
            kind,
            queue,
            tracker -> seconds(tracker.longestRunning()))
        .description("Duration of the longest running reconciliation.")
        .baseUnit("seconds")
        .register(registry);
    return queue;
  }

  private static String described(HasMetadata resource) {
    var metadata = resource.getMetadata();
    var namespace = metadata.getNamespace() == null ? "" : metadata.getNamespace() + "/";
    return resource.getKind() + " " + namespace + metadata.getName();
  }

  private static Gauge.Builder<WorkQueueTracker> gauge(
      String name, String kind, WorkQueueTracker queue, ToDoubleFunction<WorkQueueTracker> value) {
    return Gauge.builder(name, queue, value).tags(Tags.of(KIND, kind));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1_000.0;
  }
}
