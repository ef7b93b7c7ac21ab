package ai.okchat.operator.shard;

import ai.okchat.api.v1alpha1.Chatbot;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Chatbots of the other operators. No cache of this operator contains them, so each call
 * sends a request to the API server and returns the current state. The operator uses it before
 * operations that cannot be undone, and if an object is missing in the cache.
 */
public final class OtherShards {

  /** For an operator without other shards. */
  public static final OtherShards NONE = new OtherShards(Stream::empty, (_, _) -> Optional.empty());

  /**
   * Objects per page: all in one response would need more memory than the objects of this operator.
   */
  private static final long LISTED_AT_ONCE = 500;

  private final Supplier<Stream<Chatbot>> all;
  private final BiFunction<String, String, Optional<Chatbot>> read;

  /**
   * Creates an instance from functions.
   *
   * @param all returns the Chatbots that other operators serve
   * @param read returns one by namespace and name, of any operator
   */
  public OtherShards(
      Supplier<Stream<Chatbot>> all, BiFunction<String, String, Optional<Chatbot>> read) {
    this.all = all;
    this.read = read;
  }

  /**
   * Creates an instance for all Chatbots except those of this shard.
   *
   * @param namespaces the watched namespaces; empty: all
   */
  public static OtherShards beside(
      Shard shard, KubernetesClient kubernetes, Set<String> namespaces) {
    var chatbots = kubernetes.resources(Chatbot.class);
    var places =
        namespaces.isEmpty()
            ? Stream.of(chatbots.inAnyNamespace())
            : namespaces.stream().map(chatbots::inNamespace);
    var lists =
        places
            .<Function<ListOptions, KubernetesResourceList<Chatbot>>>map(resource -> resource::list)
            .toList();
    return new OtherShards(
        () -> lists.stream().flatMap(list -> pages(list, shard.othersSelector())),
        (namespace, name) ->
            Optional.ofNullable(chatbots.inNamespace(namespace).withName(name).get()));
  }

  /** Finds a Chatbot of another operator that satisfies the predicate. */
  public Optional<Chatbot> find(Predicate<Chatbot> predicate) {
    return all.get().filter(predicate).findFirst();
  }

  /**
   * Reads the Chatbot with this name, of any operator; if the cache does not contain it, the cache
   * may be stale.
   */
  public Optional<Chatbot> find(String namespace, String name) {
    return read.apply(namespace, name);
  }

  private static Stream<Chatbot> pages(
      Function<ListOptions, KubernetesResourceList<Chatbot>> list, String selector) {
    return Stream.iterate(
            list.apply(options(selector, null)),
            Objects::nonNull,
            page ->
                isLast(page)
                    ? null
                    : list.apply(options(selector, page.getMetadata().getContinue())))
        .flatMap(page -> page.getItems().stream());
  }

  private static boolean isLast(KubernetesResourceList<Chatbot> page) {
    var next = page.getMetadata().getContinue();
    return next == null || next.isEmpty();
  }

  private static ListOptions options(String selector, @Nullable String from) {
    return new ListOptionsBuilder()
        .withLabelSelector(selector)
        .withLimit(LISTED_AT_ONCE)
        .withContinue(from)
        .build();
  }
}
