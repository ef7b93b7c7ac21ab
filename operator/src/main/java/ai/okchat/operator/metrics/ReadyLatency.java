package ai.okchat.operator.metrics;

import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Measures the time from a new generation to Ready, and from a deletion to its end, since this
 * process first observed them. Stores only objects that are not Ready or are being deleted.
 */
final class ReadyLatency {

  private record PendingGeneration(long generation, Instant since) {}

  private final MeterRegistry registry;
  private final Clock clock;
  private final Map<String, PendingGeneration> pending = new ConcurrentHashMap<>();
  private final Map<String, Instant> deletions = new ConcurrentHashMap<>();

  ReadyLatency(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
  }

  /** Records that an object will be reconciled. */
  void seen(HasMetadata object) {
    var uid = object.getMetadata().getUid();
    if (object.isMarkedForDeletion()) {
      pending.remove(uid);
      deletions.computeIfAbsent(uid, _ -> clock.instant());
    } else if (!isReady(object)) {
      var generation = generation(object);
      pending.compute(
          uid,
          (_, entry) ->
              entry != null && entry.generation() == generation
                  ? entry
                  : new PendingGeneration(generation, clock.instant()));
    }
  }

  /** Records a written status. The time while the user has paused the object does not count. */
  void reported(HasMetadata written) {
    var uid = written.getMetadata().getUid();
    if (Conditions.isTrue(Conditions.of(written), ConditionType.Paused)) {
      pending.remove(uid);
    } else if (isReady(written)) {
      var entry = pending.remove(uid);
      if (entry != null) {
        record(
            "okchat.time.to.ready",
            "Time from a new generation until Ready.",
            written,
            entry.since());
      }
    }
  }

  /** Records that the object no longer exists. */
  void gone(HasMetadata object) {
    var uid = object.getMetadata().getUid();
    pending.remove(uid);
    var since = deletions.remove(uid);
    if (since != null) {
      record(
          "okchat.time.to.delete",
          "Time from a deletion until the object is removed.",
          object,
          since);
    }
  }

  private void record(String name, String description, HasMetadata object, Instant since) {
    Timer.builder(name)
        .description(description)
        .tag("kind", object.getKind())
        .serviceLevelObjectives(Buckets.TIME_TO_READY)
        .register(registry)
        .record(Duration.between(since, clock.instant()));
  }

  private static boolean isReady(HasMetadata object) {
    return Conditions.find(Conditions.of(object), ConditionType.Ready)
        .filter(condition -> "True".equals(condition.getStatus()))
        .map(Condition::getObservedGeneration)
        .filter(generation -> Objects.equals(generation, object.getMetadata().getGeneration()))
        .isPresent();
  }

  private static long generation(HasMetadata object) {
    return Objects.requireNonNullElse(object.getMetadata().getGeneration(), 0L);
  }
}
