package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.BackendObject;
import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.api.v1alpha1.ClusterChatbotBackend;
import ai.okchat.operator.backend.BackendResolution.Denied;
import ai.okchat.operator.backend.BackendResolution.Unresolved;
import ai.okchat.operator.kubernetes.MetadataInformers;
import ai.okchat.operator.status.Failure;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The backend objects of both kinds to which objects of one kind refer. A change of a backend
 * triggers those objects.
 */
public final class ReferredBackends<P extends HasMetadata> {

  private final BackendResolver connections;
  private final boolean clusterWide;
  private @Nullable Cache<ChatbotBackend> own;
  private @Nullable Cache<ClusterChatbotBackend> shared;

  /**
   * @param clusterWide whether cluster-scoped objects may be read
   */
  public ReferredBackends(BackendResolver connections, boolean clusterWide) {
    this.connections = connections;
    this.clusterWide = clusterWide;
  }

  /**
   * Creates the event sources, once, before the controller starts.
   *
   * @param referrers returns the objects that refer to a backend
   */
  public List<EventSource<?, P>> prepare(
      EventSourceContext<P> context, Function<BackendKey, Set<ResourceID>> referrers) {
    var ofNamespaces = watch(context, ChatbotBackend.class, referrers);
    if (!clusterWide) {
      own = ofNamespaces;
      return List.of(ofNamespaces);
    }
    var ofCluster = watch(context, ClusterChatbotBackend.class, referrers);
    attach(ofNamespaces, ofCluster);
    return List.of(ofNamespaces, ofCluster);
  }

  /** Sets the caches that contain the backend objects. */
  public void attach(Cache<ChatbotBackend> ofNamespaces, Cache<ClusterChatbotBackend> ofCluster) {
    own = ofNamespaces;
    shared = ofCluster;
  }

  public Optional<BackendObject> find(BackendKey key) {
    return Stream.of(Optional.ofNullable(key.isShared() ? shared : own))
        .flatMap(Optional::stream)
        .<BackendObject>flatMap(cache -> cache.get(key.resourceId()).stream())
        .findFirst();
  }

  /**
   * Resolves a reference.
   *
   * @param found the object that the reference names, if it exists
   * @param missing the failure if a backend of this namespace does not exist
   */
  public BackendResolution resolve(
      BackendKey key,
      Optional<BackendObject> found,
      NamespaceAccess access,
      Supplier<Failure> missing) {
    if (key.isShared() && !clusterWide) {
      return new Denied(notServed(key));
    }
    return found
        .map(backend -> connections.of(backend, access))
        .orElseGet(
            () -> key.isShared() ? new Denied(access.denied(key)) : new Unresolved(missing.get()));
  }

  private static Failure notServed(BackendKey key) {
    return Failure.referenceNotPermitted(
        "The %s is cluster-scoped, and this operator serves single namespaces only. Name a ChatbotBackend of this namespace in spec.backendRef, or have the operator installed cluster-wide."
            .formatted(key));
  }

  private static <B extends HasMetadata & BackendObject, P extends HasMetadata>
      InformerEventSource<B, P> watch(
          EventSourceContext<P> context,
          Class<B> kind,
          Function<BackendKey, Set<ResourceID>> referrers) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(kind, context.getPrimaryResourceClass())
            .withName("leads-to-" + kind.getSimpleName())
            .withOnUpdateFilter(ReferredBackends::isNewGeneration)
            .withSecondaryToPrimaryMapper(backend -> referrers.apply(BackendKey.of(backend)))
            .withPrimaryToSecondaryMapper(MetadataInformers.NOT_INDEXED)
            .build(),
        context);
  }

  private static boolean isNewGeneration(HasMetadata now, HasMetadata before) {
    return !Objects.equals(now.getMetadata().getGeneration(), before.getMetadata().getGeneration());
  }
}
