package ai.okchat.operator.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.impl.KubernetesClientImpl;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.GroupVersionKind;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.PrimaryToSecondaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.TransformingItemStore;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Watches the Secrets and ConfigMaps that objects name. It requests only their metadata, so a watch
 * never carries their values: an event triggers the objects that refer to them, and these read the
 * value when they need it.
 */
public final class MetadataInformers {

  /**
   * Says that no reconciliation asks an event source for the secondaries of a primary. Otherwise
   * the framework keeps an index of them, 300 bytes for each primary.
   */
  public static final PrimaryToSecondaryMapper<HasMetadata> NOT_INDEXED = _ -> Set.of();

  private static final GroupVersionKind SECRET = GroupVersionKind.gvkFor(Secret.class);
  private static final GroupVersionKind CONFIG_MAP = GroupVersionKind.gvkFor(ConfigMap.class);

  /** Objects per response of a list: all in one would need more memory than the informer keeps. */
  private static final long LISTED_AT_ONCE = 500;

  private final KubernetesClient metadata;

  /**
   * @param kubernetes is not closed here
   */
  public MetadataInformers(KubernetesClient kubernetes) {
    this.metadata = metadataOf(kubernetes);
  }

  /** Returns the source of events of the Secrets that a primary names in its own namespace. */
  public <P extends HasMetadata> EventSource<?, P> secrets(
      EventSourceContext<P> context, Function<P, List<String>> names) {
    return named(context, SECRET, inOwnNamespace(names));
  }

  /** Returns the source of events of the ConfigMaps that a primary names in its own namespace. */
  public <P extends HasMetadata> EventSource<?, P> configMaps(
      EventSourceContext<P> context, Function<P, List<String>> names) {
    return named(context, CONFIG_MAP, inOwnNamespace(names));
  }

  /**
   * Returns the source of events of all ConfigMaps in the namespaces of the primaries, with labels.
   *
   * @param updates tests the new and the old state of a ConfigMap, right before {@code primaries}
   *     gets the new one
   * @param primaries the objects that a ConfigMap concerns
   */
  public <P extends HasMetadata> EventSource<?, P> configMapsFor(
      EventSourceContext<P> context,
      OnUpdateFilter<GenericKubernetesResource> updates,
      SecondaryToPrimaryMapper<GenericKubernetesResource> primaries) {
    return watch(
        context, CONFIG_MAP, "all-configmaps", MetadataInformers::labelled, updates, primaries);
  }

  /** Returns the source of events of the Secrets that a primary names in any namespace. */
  public <P extends HasMetadata> EventSource<?, P> secretsAnywhere(
      EventSourceContext<P> context, Function<P, List<ResourceID>> ids) {
    return named(context, SECRET, ids);
  }

  /** Returns the source of events of the ConfigMaps that a primary names in any namespace. */
  public <P extends HasMetadata> EventSource<?, P> configMapsAnywhere(
      EventSourceContext<P> context, Function<P, List<ResourceID>> ids) {
    return named(context, CONFIG_MAP, ids);
  }

  private <P extends HasMetadata> EventSource<?, P> named(
      EventSourceContext<P> context, GroupVersionKind kind, Function<P, List<ResourceID>> ids) {
    var index = "refers-to-" + kind.getKind();
    context
        .getPrimaryCache()
        .addIndexer(
            index,
            primary ->
                ids.apply(primary).stream()
                    .map(id -> key(id.getNamespace().orElse(""), id.getName()))
                    .toList());
    return watch(
        context,
        kind,
        index,
        MetadataInformers::named,
        (_, _) -> true,
        changed -> referrers(context, index, changed));
  }

  private <P extends HasMetadata> EventSource<?, P> watch(
      EventSourceContext<P> context,
      GroupVersionKind kind,
      String name,
      UnaryOperator<GenericKubernetesResource> kept,
      OnUpdateFilter<GenericKubernetesResource> updates,
      SecondaryToPrimaryMapper<GenericKubernetesResource> primaries) {
    var configuration =
        InformerEventSourceConfiguration.from(kind, context.getPrimaryResourceClass())
            .withName(name)
            .withKubernetesClient(metadata)
            .withItemStore(new TransformingItemStore<>(kept))
            .withInformerListLimit(LISTED_AT_ONCE)
            .withOnUpdateFilter(updates)
            .withSecondaryToPrimaryMapper(primaries)
            .withPrimaryToSecondaryMapper(NOT_INDEXED)
            .build();
    return new InformerEventSource<>(configuration, context);
  }

  private static <P extends HasMetadata> Function<P, List<ResourceID>> inOwnNamespace(
      Function<P, List<String>> names) {
    return primary ->
        names.apply(primary).stream()
            .map(name -> new ResourceID(name, primary.getMetadata().getNamespace()))
            .toList();
  }

  private static <P extends HasMetadata> Set<ResourceID> referrers(
      EventSourceContext<P> context, String index, HasMetadata changed) {
    var key = key(changed.getMetadata().getNamespace(), changed.getMetadata().getName());
    return context.getPrimaryCache().byIndex(index, key).stream()
        .map(ResourceID::fromResource)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String key(String namespace, String name) {
    return namespace + "/" + name;
  }

  private static GenericKubernetesResource labelled(GenericKubernetesResource object) {
    var labels = object.getMetadata().getLabels();
    named(object).getMetadata().setLabels(labels);
    return object;
  }

  /**
   * Keeps the identity only: annotations may contain the content again, from {@code kubectl apply}.
   */
  private static GenericKubernetesResource named(GenericKubernetesResource object) {
    var full = object.getMetadata();
    object.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(full.getNamespace())
            .withName(full.getName())
            .withUid(full.getUid())
            .withResourceVersion(full.getResourceVersion())
            .build());
    return object;
  }

  /**
   * Returns a client that shares the connections of {@code kubernetes}, so it must not be closed.
   */
  private static KubernetesClient metadataOf(KubernetesClient kubernetes) {
    var http =
        kubernetes
            .getHttpClient()
            .newBuilder()
            .addOrReplaceInterceptor("metadata-only", new AskingForMetadata())
            .build();
    return new KubernetesClientImpl(
        http, kubernetes.getConfiguration(), null, kubernetes.getKubernetesSerialization());
  }

  private static final class AskingForMetadata implements Interceptor {
    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
      var query = Objects.requireNonNullElse(request.uri().getQuery(), "");
      var form =
          query.contains("watch=true") ? "PartialObjectMetadata" : "PartialObjectMetadataList";
      // Discovery has no metadata, and responds in the second form.
      builder.setHeader(
          "Accept", "application/json;as=%s;g=meta.k8s.io;v=v1,application/json".formatted(form));
    }
  }
}
