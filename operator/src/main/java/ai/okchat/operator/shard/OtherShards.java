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
 * The Chatbots of the other operators. They are in no cache here, so each question is one to the
 * API server, and its answer is as it is there now: asked before what can not be undone, and where
 * an object is missed.
 */
public final class OtherShards {

  /** Where one operator is alone. */
  public static final OtherShards NONE = new OtherShards(Stream::empty, (_, _) -> Optional.empty());

  /** All in one answer would need more memory than this operator's own objects. */
  private static final long LISTED_AT_ONCE = 500;

  private final Supplier<Stream<Chatbot>> all;
  private final BiFunction<String, String, Optional<Chatbot>> read;

  /**
   * By whatever answers.
   *
   * @param all those that other operators serve
   * @param read one by namespace and name, whoever serves it
   */
  public OtherShards(
      Supplier<Stream<Chatbot>> all, BiFunction<String, String, Optional<Chatbot>> read) {
    this.all = all;
    this.read = read;
  }

  /**
   * All but those of this shard.
   *
   * @param namespaces where objects are served; empty: everywhere
   */
  public static OtherShards beside(
      Shard shard, KubernetesClient kubernetes, Set<String> namespaces) {
    var chatbots = kubernetes.resources(Chatbot.class);
    var places =
        namespaces.isEmpty()
            ? Stream.of(chatbots.inAnyNamespace())
            : namespaces.stream().map(chatbots::inNamespace);
    var lists =
        places.<Function<ListOptions, KubernetesResourceList<Chatbot>>>map(it -> it::list).toList();
    return new OtherShards(
        () -> lists.stream().flatMap(it -> pages(it, shard.othersSelector())),
        (namespace, name) ->
            Optional.ofNullable(chatbots.inNamespace(namespace).withName(name).get()));
  }

  /** One of which this is true. */
  public Optional<Chatbot> find(Predicate<Chatbot> predicate) {
    return all.get().filter(predicate).findFirst();
  }

  /** The one of this name, whoever serves it: where the cache has none, it may only be behind. */
  public Optional<Chatbot> find(String namespace, String name) {
    return read.apply(namespace, name);
  }

  private static Stream<Chatbot> pages(
      Function<ListOptions, KubernetesResourceList<Chatbot>> list, String selector) {
    return Stream.iterate(
            list.apply(options(selector, null)),
            Objects::nonNull,
            it -> isLast(it) ? null : list.apply(options(selector, it.getMetadata().getContinue())))
        .flatMap(it -> it.getItems().stream());
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
