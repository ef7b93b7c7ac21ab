package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.BackendObject;
import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.backend.BackendEventTrigger;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.backend.BackendResolution;
import ai.okchat.operator.backend.NamespaceAccess;
import ai.okchat.operator.backend.ReferredBackends;
import ai.okchat.operator.kubernetes.MetadataInformers;
import ai.okchat.operator.kubernetes.SharedChatbotInformer;
import ai.okchat.planning.Pause;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Provides the event sources of Chatbots, and their dependencies in the cluster. */
final class ChatbotEventSources {

  private final MetadataInformers references;
  private final ChatbotIndex index;
  private final SharedChatbotInformer watch;
  private final ChatbotEventTrigger trigger;
  private final BackendEventTrigger backends;
  private final ReferredBackends<Chatbot> referred;
  private final boolean watchesNamespaces;
  private @Nullable InformerEventSource<Namespace, Chatbot> namespaces;

  /**
   * @param watchesNamespaces whether the operator may read Namespaces; a namespaced installation
   *     may not
   */
  ChatbotEventSources(
      MetadataInformers references,
      ChatbotIndex index,
      SharedChatbotInformer watch,
      ChatbotEventTrigger trigger,
      BackendEventTrigger backends,
      ReferredBackends<Chatbot> referred,
      boolean watchesNamespaces) {
    this.references = references;
    this.index = index;
    this.watch = watch;
    this.trigger = trigger;
    this.backends = backends;
    this.referred = referred;
    this.watchesNamespaces = watchesNamespaces;
  }

  List<EventSource<?, Chatbot>> prepare(EventSourceContext<Chatbot> context) {
    index.attach(context.getPrimaryCache());
    var sources = new ArrayList<EventSource<?, Chatbot>>();
    sources.addAll(referred.prepare(context, backend -> ids(index.referringTo(backend))));
    sources.add(references.configMaps(context, ChatbotReferences::configMaps));
    sources.add(watch.leader(context));
    sources.add(trigger.eventSource());
    if (watchesNamespaces) {
      namespaces = namespaceSource(context);
      sources.add(namespaces);
    }
    return List.copyOf(sources);
  }

  /**
   * Returns the backend object that the spec names, unless it is being deleted and the Chatbot has
   * no finalizer.
   */
  Optional<BackendObject> backendOf(Chatbot chatbot) {
    return referred
        .find(BackendKey.of(chatbot))
        .filter(backend -> !backend.isMarkedForDeletion() || ChatbotMetadata.hasFinalizer(chatbot));
  }

  BackendResolution resolve(Chatbot chatbot, Optional<BackendObject> backend) {
    var tenant = NamespaceAccess.of(chatbot.getMetadata().getNamespace(), namespaceOf(chatbot));
    return referred.resolve(
        BackendKey.of(chatbot), backend, tenant, () -> ChatbotReferences.backendNotFound(chatbot));
  }

  /** Returns a sentence that says how a user paused the object; empty if it is not paused. */
  Optional<String> pauseOf(Chatbot chatbot) {
    return Pause.of(
        chatbot.getMetadata().getAnnotations(),
        chatbot.getSpec().suspend(),
        () -> namespaceOf(chatbot).map(namespace -> namespace.getMetadata().getAnnotations()));
  }

  private Optional<Namespace> namespaceOf(Chatbot chatbot) {
    return namespaces == null
        ? Optional.empty()
        : namespaces.get(new ResourceID(chatbot.getMetadata().getNamespace()));
  }

  /** Triggers another reconciliation of the Chatbot. */
  void requeue(Chatbot chatbot) {
    trigger.trigger(chatbot);
  }

  /**
   * Triggers the objects that a deleted Chatbot may have blocked: its slug is free, and its backend
   * may be deleted next.
   */
  void triggerAfterDeletion(Chatbot deleted) {
    trigger.gone(deleted);
    backends.trigger(BackendKey.of(deleted));
  }

  private InformerEventSource<Namespace, Chatbot> namespaceSource(
      EventSourceContext<Chatbot> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(Namespace.class, Chatbot.class)
            .withWatchAllNamespaces()
            .withOnUpdateFilter(
                (now, before) ->
                    isPaused(now) != isPaused(before) || NamespaceAccess.isRelevant(now, before))
            .withSecondaryToPrimaryMapper(
                namespace -> ids(index.inNamespace(namespace.getMetadata().getName())))
            .withPrimaryToSecondaryMapper(MetadataInformers.NOT_INDEXED)
            .build(),
        context);
  }

  private static boolean isPaused(Namespace namespace) {
    return Pause.isSet(namespace.getMetadata().getAnnotations());
  }

  private static Set<ResourceID> ids(Collection<? extends HasMetadata> objects) {
    return objects.stream().map(ResourceID::fromResource).collect(Collectors.toUnmodifiableSet());
  }
}
