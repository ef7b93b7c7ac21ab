package ai.okchat.operator.backend;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.TransformingItemStore;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Watches the Secrets and ConfigMaps that objects of a kind name. Only names and versions are kept:
 * an event wakes the objects that refer to it, and they read the value when they need it.
 */
public final class ReferencedObjects {

  /** Each may have a mebibyte of content, which is in memory until it is thrown away. */
  public static final long LISTED_AT_ONCE = 50;

  private ReferencedObjects() {}

  /**
   * The events of these objects, for the primaries that name them.
   *
   * @param names which objects of this type, in its own namespace, a primary refers to
   */
  public static <R extends HasMetadata, P extends HasMetadata> EventSource<R, P> watch(
      EventSourceContext<P> context, Class<R> type, Function<P, List<String>> names) {
    return watchAnywhere(
        context,
        type,
        primary ->
            names.apply(primary).stream()
                .map(name -> new ResourceID(name, primary.getMetadata().getNamespace()))
                .toList());
  }

  /**
   * As {@link #watch}, for primaries that name objects of other namespaces than their own.
   *
   * @param ids which objects of this type a primary refers to
   */
  static <R extends HasMetadata, P extends HasMetadata> EventSource<R, P> watchAnywhere(
      EventSourceContext<P> context, Class<R> type, Function<P, List<ResourceID>> ids) {
    var index = "refers-to-" + type.getSimpleName();
    context
        .getPrimaryCache()
        .addIndexer(
            index,
            primary ->
                ids.apply(primary).stream()
                    .map(it -> key(it.getNamespace().orElse(""), it.getName()))
                    .toList());
    var configuration =
        InformerEventSourceConfiguration.from(type, context.getPrimaryResourceClass())
            .withName(index)
            .withItemStore(new TransformingItemStore<>(ReferencedObjects::withoutContent))
            .withInformerListLimit(LISTED_AT_ONCE)
            .withSecondaryToPrimaryMapper(changed -> referrers(context, index, changed))
            .build();
    return new InformerEventSource<>(configuration, context);
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

  private static <R extends HasMetadata> R withoutContent(R object) {
    var full = object.getMetadata();
    object.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(full.getNamespace())
            .withName(full.getName())
            .withUid(full.getUid())
            .withResourceVersion(full.getResourceVersion())
            .build());
    switch (object) {
      case Secret secret -> {
        secret.setData(null);
        secret.setStringData(null);
      }
      case ConfigMap configMap -> {
        configMap.setData(null);
        configMap.setBinaryData(null);
      }
      default -> {}
    }
    return object;
  }
}
