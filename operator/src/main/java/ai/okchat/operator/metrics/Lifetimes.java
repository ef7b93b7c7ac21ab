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
 * How long a generation takes to be Ready, and an object to go, from when this process first saw
 * that it was asked for. Knows only objects that are on their way.
 */
final class Lifetimes {

  private record Wish(long generation, Instant since) {}

  private final MeterRegistry registry;
  private final Clock clock;
  private final Map<String, Wish> wishes = new ConcurrentHashMap<>();
  private final Map<String, Instant> ends = new ConcurrentHashMap<>();

  Lifetimes(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
  }

  /** An object is about to be looked at. */
  void seen(HasMetadata object) {
    var uid = object.getMetadata().getUid();
    if (object.isMarkedForDeletion()) {
      wishes.remove(uid);
      ends.computeIfAbsent(uid, _ -> clock.instant());
    } else if (!isReady(object)) {
      var generation = generation(object);
      wishes.compute(
          uid,
          (_, wish) ->
              wish != null && wish.generation() == generation
                  ? wish
                  : new Wish(generation, clock.instant()));
    }
  }

  /** A status was written. A time in which somebody paused the object does not count. */
  void reported(HasMetadata written) {
    var uid = written.getMetadata().getUid();
    if (Conditions.isTrue(Conditions.of(written), ConditionType.Paused)) {
      wishes.remove(uid);
    } else if (isReady(written)) {
      var wish = wishes.remove(uid);
      if (wish != null) {
        record("okchat.time.to.ready", "From a new generation to Ready.", written, wish.since());
      }
    }
  }

  /** The object does not exist any more. */
  void gone(HasMetadata object) {
    var uid = object.getMetadata().getUid();
    wishes.remove(uid);
    var asked = ends.remove(uid);
    if (asked != null) {
      record("okchat.time.to.delete", "From a deletion to the end of the object.", object, asked);
    }
  }

  private void record(String name, String description, HasMetadata object, Instant since) {
    Timer.builder(name)
        .description(description)
        .tag("kind", object.getKind())
        .serviceLevelObjectives(Buckets.LIFETIME)
        .register(registry)
        .record(Duration.between(since, clock.instant()));
  }

  private static boolean isReady(HasMetadata object) {
    return Conditions.find(Conditions.of(object), ConditionType.Ready)
        .filter(it -> "True".equals(it.getStatus()))
        .map(Condition::getObservedGeneration)
        .filter(it -> Objects.equals(it, object.getMetadata().getGeneration()))
        .isPresent();
  }

  private static long generation(HasMetadata object) {
    return Objects.requireNonNullElse(object.getMetadata().getGeneration(), 0L);
  }
}
