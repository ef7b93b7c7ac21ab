package ai.okchat.operator.chatbot;

import ai.okchat.operator.testing.InMemoryApiServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Cache of an informer without delay: the objects of an API server in memory. */
final class ServedCache<T extends HasMetadata> implements IndexerResourceCache<T> {

  private final InMemoryApiServer cluster;
  private final Class<T> kind;
  private final Map<String, Function<T, List<String>>> indexers = new HashMap<>();

  ServedCache(InMemoryApiServer cluster, Class<T> kind) {
    this.cluster = cluster;
    this.kind = kind;
  }

  @Override
  public void addIndexers(Map<String, Function<T, List<String>>> more) {
    indexers.putAll(more);
  }

  @Override
  public List<T> byIndex(String index, String key) {
    var keys = indexers.getOrDefault(index, _ -> List.of());
    return list(object -> keys.apply(object).contains(key)).toList();
  }

  @Override
  public Optional<T> get(ResourceID id) {
    return list(object -> ResourceID.fromResource(object).equals(id)).findFirst();
  }

  @Override
  public Stream<ResourceID> keys() {
    return cluster.list(kind).stream().map(ResourceID::fromResource);
  }

  @Override
  public Stream<T> list(Predicate<T> wanted) {
    return cluster.list(kind).stream().filter(wanted);
  }

  @Override
  public Stream<T> list(String namespace, Predicate<T> wanted) {
    return list(wanted.and(object -> namespace.equals(object.getMetadata().getNamespace())));
  }
}
