package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Cache of an informer: KnowledgeSources that a test added, with the indexes of the operator. */
final class CachedSources implements IndexerResourceCache<KnowledgeSource> {

  private final List<KnowledgeSource> sources = new ArrayList<>();
  private final Map<String, Function<KnowledgeSource, List<String>>> indexers = new HashMap<>();

  void add(KnowledgeSource source) {
    sources.add(source);
  }

  @Override
  public void addIndexers(Map<String, Function<KnowledgeSource, List<String>>> more) {
    indexers.putAll(more);
  }

  @Override
  public List<KnowledgeSource> byIndex(String index, String key) {
    var keys = indexers.getOrDefault(index, _ -> List.of());
    return sources.stream().filter(source -> keys.apply(source).contains(key)).toList();
  }

  @Override
  public Optional<KnowledgeSource> get(ResourceID id) {
    return sources.stream().filter(source -> ResourceID.fromResource(source).equals(id)).findAny();
  }

  @Override
  public Stream<ResourceID> keys() {
    return sources.stream().map(ResourceID::fromResource);
  }

  @Override
  public Stream<KnowledgeSource> list(Predicate<KnowledgeSource> wanted) {
    return sources.stream().filter(wanted);
  }

  @Override
  public Stream<KnowledgeSource> list(String namespace, Predicate<KnowledgeSource> wanted) {
    return list(wanted.and(source -> namespace.equals(source.getMetadata().getNamespace())));
  }
}
