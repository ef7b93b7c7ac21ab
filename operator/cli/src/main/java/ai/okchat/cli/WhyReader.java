package ai.okchat.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Collects the facts of a {@link WhyReport} from the cluster. */
final class WhyReader {
  private static final int MOST_FIELDS = 10;

  private final ClusterClient cluster;
  private final String namespace;

  WhyReader(ClusterClient cluster, String namespace) {
    this.cluster = cluster;
    this.namespace = namespace;
  }

  WhyReport read(ObjectName name) {
    var chain = new ChainReader(cluster, namespace).read(name);
    var notes = new ArrayList<String>();
    chain.links().stream()
        .map(Chain.Link::object)
        .filter(Objects::nonNull)
        .forEach(object -> addNotes(notes, Objects.requireNonNull(object)));
    var events = events(chain, notes);
    return new WhyReport(chain, events, notes);
  }

  private List<KubeObject> events(Chain chain, List<String> notes) {
    var uids =
        chain.links().stream()
            .map(Chain.Link::object)
            .filter(Objects::nonNull)
            .map(WhyReader::uid)
            .collect(Collectors.toUnmodifiableSet());
    try {
      return cluster
          .list(
              ResourceType.EVENT,
              namespace,
              Map.of("fieldSelector", "involvedObject.apiVersion=okchat.ai/v1alpha1"))
          .stream()
          .filter(event -> concerns(event, uids))
          .sorted(
              Comparator.comparing((KubeObject event) -> event.text("lastTimestamp"))
                  .thenComparing(KubeObject::name)
                  .reversed())
          .toList();
    } catch (PluginException missingRight) {
      notes.add("Events: " + missingRight.getMessage());
      return List.of();
    }
  }

  private static String uid(@Nullable KubeObject object) {
    return Objects.requireNonNull(object).uid();
  }

  private static boolean concerns(KubeObject event, Set<String> uids) {
    return uids.contains(event.text("involvedObject", "uid"));
  }

  private static void addNotes(List<String> notes, KubeObject object) {
    var limited = object.text("status", "rateLimitedUntil");
    if (!limited.isEmpty()) {
      notes.add("Throttled: the requests of %s wait until %s.".formatted(object.title(), limited));
    }
    var drift = object.json().path("status").path("drift");
    if (!drift.isEmpty()) {
      notes.add(
          "Drift: %s differs from its spec in %s."
              .formatted(
                  object.title(),
                  StreamSupport.stream(drift.spliterator(), false)
                      .limit(MOST_FIELDS)
                      .map(field -> field.path("field").asText())
                      .collect(Collectors.joining(", "))));
    }
    if (object.isBeingDeleted()) {
      notes.add("Deletion: %s is being deleted.".formatted(object.title()));
    }
    object
        .condition("Paused")
        .filter(KubeObject.Condition::isTrue)
        .ifPresent(
            paused -> notes.add("Paused: %s. %s".formatted(object.title(), paused.message())));
  }
}
