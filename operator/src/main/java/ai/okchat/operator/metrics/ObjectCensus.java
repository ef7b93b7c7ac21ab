package ai.okchat.operator.metrics;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How many objects are in which state. Walks the informers' caches when somebody asks for metrics,
 * and costs nothing otherwise.
 */
final class ObjectCensus {

  private final Clock clock;
  private final BooleanSupplier working;
  private final Map<String, Supplier<Stream<? extends HasMetadata>>> caches =
      new ConcurrentHashMap<>();
  private final MultiGauge objects;
  private final MultiGauge conditions;
  private final MultiGauge notReady;
  private final MultiGauge deleting;
  private final MultiGauge documents;

  /**
   * @param working whether this process is the one of its replicas that works; the others say
   *     nothing, so that a sum counts each object once
   */
  ObjectCensus(MeterRegistry registry, Clock clock, BooleanSupplier working) {
    this.clock = clock;
    this.working = working;
    objects = gauge(registry, "okchat.objects", "Objects by the condition Ready.", "");
    conditions =
        gauge(registry, "okchat.objects.condition", "Objects for which a condition is True.", "");
    notReady =
        gauge(
            registry,
            "okchat.objects.not.ready.oldest",
            "How long the longest has not been Ready, without paused ones and those that go.",
            "seconds");
    deleting =
        gauge(
            registry,
            "okchat.objects.deleting.oldest",
            "How long ago the oldest deletion was asked for.",
            "seconds");
    documents = gauge(registry, "okchat.documents", "Documents of all KnowledgeSources.", "");
  }

  void watch(String kind, Supplier<Stream<? extends HasMetadata>> cache) {
    caches.put(kind, cache);
  }

  /** Counts anew. */
  synchronized void take() {
    var count = new Count();
    if (working.getAsBoolean()) {
      caches.forEach((kind, cache) -> cache.get().forEach(it -> count.add(kind, it)));
    }
    objects.register(rows(count.objects), true);
    conditions.register(rows(count.conditions), true);
    notReady.register(rows(count.notReady), true);
    deleting.register(rows(count.deleting), true);
    documents.register(rows(count.documents), true);
  }

  /** The bots of all Chatbots by the digests of the URLs that their IDs were obtained from. */
  Map<String, Set<String>> bots() {
    var bots = new HashMap<String, Set<String>>();
    if (working.getAsBoolean()) {
      caches.values().stream()
          .flatMap(Supplier::get)
          .filter(Chatbot.class::isInstance)
          .map(object -> ((Chatbot) object).getStatus())
          .forEach(status -> add(bots, status));
    }
    return bots;
  }

  private static void add(Map<String, Set<String>> bots, @Nullable ChatbotStatus status) {
    if (status == null) {
      return;
    }
    var backend = status.backend();
    if (backend != null && status.id() != null) {
      bots.computeIfAbsent(status.id(), _ -> new HashSet<>()).add(backend.urlDigest());
    }
  }

  private static MultiGauge gauge(
      MeterRegistry registry, String name, String description, String unit) {
    var builder = MultiGauge.builder(name).description(description);
    return (unit.isEmpty() ? builder : builder.baseUnit(unit)).register(registry);
  }

  private static List<Row<?>> rows(Map<Tags, Double> values) {
    return values.entrySet().stream()
        .<Row<?>>map(it -> Row.of(it.getKey(), it.getValue()))
        .toList();
  }

  private final class Count {

    private final Map<Tags, Double> objects = new HashMap<>();
    private final Map<Tags, Double> conditions = new HashMap<>();
    private final Map<Tags, Double> notReady = new HashMap<>();
    private final Map<Tags, Double> deleting = new HashMap<>();
    private final Map<Tags, Double> documents = new HashMap<>();

    void add(String kind, HasMetadata object) {
      var state = ObjectState.of(object);
      objects.merge(
          Tags.of("kind", kind, "ready", state.ready(), "reason", state.reason()),
          1.0,
          Double::sum);
      state
          .held()
          .forEach(
              (type, reason) ->
                  conditions.merge(
                      Tags.of("kind", kind, "condition", type, "reason", reason),
                      1.0,
                      Double::sum));
      var age = Math.max(0, Duration.between(state.since(), clock.instant()).toSeconds());
      if (state.isGoing()) {
        deleting.merge(Tags.of("kind", kind), (double) age, Math::max);
      } else if (state.isWanting()) {
        notReady.merge(Tags.of("kind", kind, "reason", state.reason()), (double) age, Math::max);
      }
      if (object instanceof KnowledgeSource source) {
        addDocuments(source);
      }
    }

    private void addDocuments(KnowledgeSource source) {
      var counts = source.getStatus() == null ? null : source.getStatus().counts();
      if (counts != null) {
        documents.merge(Tags.of("state", "accepted"), (double) counts.accepted(), Double::sum);
        documents.merge(Tags.of("state", "pending"), (double) counts.pending(), Double::sum);
        documents.merge(Tags.of("state", "failed"), (double) counts.failed(), Double::sum);
      }
    }
  }
}
