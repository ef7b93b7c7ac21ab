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
 * Counts objects by state. Reads the caches of the informers on each scrape, and costs nothing
 * otherwise.
 */
final class ResourceGauges {

  private final Clock clock;
  private final BooleanSupplier isLeader;
  private final Map<String, Supplier<Stream<? extends HasMetadata>>> caches =
      new ConcurrentHashMap<>();
  private final MultiGauge objects;
  private final MultiGauge conditions;
  private final MultiGauge notReady;
  private final MultiGauge deleting;
  private final MultiGauge documents;

  /**
   * @param isLeader true if this process is the replica that reconciles; the others report nothing,
   *     so that a sum counts each object once
   */
  ResourceGauges(MeterRegistry registry, Clock clock, BooleanSupplier isLeader) {
    this.clock = clock;
    this.isLeader = isLeader;
    objects = gauge(registry, "okchat.resources", "Objects by the condition Ready.", "");
    conditions =
        gauge(registry, "okchat.resource.status.condition", "Objects whose condition is True.", "");
    notReady =
        gauge(
            registry,
            "okchat.resources.not.ready.oldest",
            "Longest time that an object has not been Ready.",
            "seconds");
    deleting =
        gauge(
            registry,
            "okchat.resources.deleting.oldest",
            "Age of the oldest deletion that has not ended.",
            "seconds");
    documents = gauge(registry, "okchat.documents", "Documents of all KnowledgeSources.", "");
  }

  void watch(String kind, Supplier<Stream<? extends HasMetadata>> cache) {
    caches.put(kind, cache);
  }

  /** Counts all objects again. */
  synchronized void take() {
    var count = new Count();
    if (isLeader.getAsBoolean()) {
      caches.forEach((kind, cache) -> cache.get().forEach(object -> count.add(kind, object)));
    }
    objects.register(rows(count.objects), true);
    conditions.register(rows(count.conditions), true);
    notReady.register(rows(count.notReady), true);
    deleting.register(rows(count.deleting), true);
    documents.register(rows(count.documents), true);
  }

  /**
   * Returns the bots of all Chatbots with the digests of the URLs that their IDs were obtained
   * from.
   */
  Map<String, Set<String>> bots() {
    var bots = new HashMap<String, Set<String>>();
    if (isLeader.getAsBoolean()) {
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
        .<Row<?>>map(entry -> Row.of(entry.getKey(), entry.getValue()))
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
      } else if (state.isNotReady()) {
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
