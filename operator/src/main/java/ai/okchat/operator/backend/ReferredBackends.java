package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.BackendObject;
import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.api.v1alpha1.ClusterChatbotBackend;
import ai.okchat.operator.backend.Resolution.Denied;
import ai.okchat.operator.backend.Resolution.Unresolved;
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
 * The backend objects of both kinds that objects of one kind lead to. A change wakes the latter.
 */
public final class ReferredBackends<P extends HasMetadata> {

  private final Connections connections;
  private final boolean clusterWide;
  private @Nullable Cache<ChatbotBackend> own;
  private @Nullable Cache<ClusterChatbotBackend> shared;

  /**
   * @param clusterWide whether objects without a namespace may be read
   */
  public ReferredBackends(Connections connections, boolean clusterWide) {
    this.connections = connections;
    this.clusterWide = clusterWide;
  }

  /**
   * Prepared once, before the controller starts.
   *
   * @param referrers who leads to a backend
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

  /** Finds the backend objects in these caches. */
  public void attach(Cache<ChatbotBackend> ofNamespaces, Cache<ClusterChatbotBackend> ofCluster) {
    own = ofNamespaces;
    shared = ofCluster;
  }

  public Optional<BackendObject> find(BackendKey key) {
    return Stream.of(Optional.ofNullable(key.isShared() ? shared : own))
        .flatMap(Optional::stream)
        .<BackendObject>flatMap(it -> it.get(key.resourceId()).stream())
        .findFirst();
  }

  /**
   * What a reference leads to.
   *
   * @param found what it names, where that may be used at all
   * @param missing what to say of a backend of this namespace that is not found
   */
  public Resolution resolve(
      BackendKey key, Optional<BackendObject> found, Tenant tenant, Supplier<Failure> missing) {
    if (key.isShared() && !clusterWide) {
      return new Denied(notServed(key));
    }
    return found
        .map(it -> connections.of(it, tenant))
        .orElseGet(
            () -> key.isShared() ? new Denied(tenant.denied(key)) : new Unresolved(missing.get()));
  }

  private static Failure notServed(BackendKey key) {
    return Failure.referenceNotPermitted(
        "The %s is out of reach for this operator, which serves single namespaces and may see nothing outside of them. Name a ChatbotBackend of this namespace in spec.backendRef, or have the operator installed cluster-wide."
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
            .withSecondaryToPrimaryMapper(it -> referrers.apply(BackendKey.of(it)))
            .build(),
        context);
  }

  private static boolean isNewGeneration(HasMetadata now, HasMetadata before) {
    return !Objects.equals(now.getMetadata().getGeneration(), before.getMetadata().getGeneration());
  }
}
