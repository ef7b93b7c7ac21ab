package ai.okchat.operator.backend;

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
 * Watches the Secrets and ConfigMaps that objects name. The API server is asked for their metadata
 * only, so their values never come here by a watch: an event wakes the objects that refer to it,
 * and they read the value when they need it.
 */
public final class ReferencedObjects {

  private static final GroupVersionKind SECRET = GroupVersionKind.gvkFor(Secret.class);
  private static final GroupVersionKind CONFIG_MAP = GroupVersionKind.gvkFor(ConfigMap.class);

  /** All in one answer would need more memory than what is kept of it. */
  private static final long LISTED_AT_ONCE = 500;

  private final KubernetesClient metadata;

  /**
   * @param kubernetes stays the caller's
   */
  public ReferencedObjects(KubernetesClient kubernetes) {
    this.metadata = metadataOf(kubernetes);
  }

  /** The Secrets that a primary names in its own namespace. */
  public <P extends HasMetadata> EventSource<?, P> secrets(
      EventSourceContext<P> context, Function<P, List<String>> names) {
    return named(context, SECRET, inOwnNamespace(names));
  }

  /** The ConfigMaps that a primary names in its own namespace. */
  public <P extends HasMetadata> EventSource<?, P> configMaps(
      EventSourceContext<P> context, Function<P, List<String>> names) {
    return named(context, CONFIG_MAP, inOwnNamespace(names));
  }

  /**
   * All ConfigMaps where the primaries are, with their labels.
   *
   * @param updates is asked about the new and the old state of a ConfigMap, right before {@code
   *     primaries} is asked about the new one
   * @param primaries whom a ConfigMap concerns
   */
  public <P extends HasMetadata> EventSource<?, P> configMapsFor(
      EventSourceContext<P> context,
      OnUpdateFilter<GenericKubernetesResource> updates,
      SecondaryToPrimaryMapper<GenericKubernetesResource> primaries) {
    return watch(
        context, CONFIG_MAP, "all-configmaps", ReferencedObjects::labelled, updates, primaries);
  }

  /** The Secrets that a primary names in any namespace. */
  <P extends HasMetadata> EventSource<?, P> secretsAnywhere(
      EventSourceContext<P> context, Function<P, List<ResourceID>> ids) {
    return named(context, SECRET, ids);
  }

  /** The ConfigMaps that a primary names in any namespace. */
  <P extends HasMetadata> EventSource<?, P> configMapsAnywhere(
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
                    .map(it -> key(it.getNamespace().orElse(""), it.getName()))
                    .toList());
    return watch(
        context,
        kind,
        index,
        ReferencedObjects::named,
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

  /** Annotations may hold the content again, as {@code kubectl apply} leaves it. */
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

  /** The same connections, so nothing of it is to be closed. */
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
      // Discovery has no metadata, and answers in the second form.
      builder.setHeader(
          "Accept", "application/json;as=%s;g=meta.k8s.io;v=v1,application/json".formatted(form));
    }
  }
}
