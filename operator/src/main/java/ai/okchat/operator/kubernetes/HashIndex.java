package ai.okchat.operator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the objects of an informer by a text, such as the slug of the bot. The informer keeps a set
 * of 300 bytes for each key of an index; here, texts with the same hash share one.
 */
public final class HashIndex<P extends HasMetadata> {

  private static final int SETS = 1024;

  private final String name;
  private final Function<P, Optional<String>> text;
  private volatile @Nullable IndexerResourceCache<P> cache;

  /**
   * @param text returns the text of an object; empty if the index does not contain the object
   */
  public HashIndex(String name, Function<P, Optional<String>> text) {
    this.name = name;
    this.text = text;
  }

  /** Adds the index to the cache of the informer, once. */
  public void attach(IndexerResourceCache<P> primaryCache) {
    primaryCache.addIndexer(
        name, object -> text.apply(object).map(HashIndex::key).stream().toList());
    cache = primaryCache;
  }

  /** Returns the objects with exactly this text; none before the index is attached. */
  public Stream<P> find(String value) {
    var attached = cache;
    return attached == null
        ? Stream.empty()
        : attached.byIndex(name, key(value)).stream()
            .filter(object -> text.apply(object).filter(value::equals).isPresent());
  }

  private static String key(String value) {
    return Integer.toString(Math.floorMod(value.hashCode(), SETS));
  }
}
