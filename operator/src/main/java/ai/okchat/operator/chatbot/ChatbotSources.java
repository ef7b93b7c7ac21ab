package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.BackendObject;
import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.backend.BackendWaker;
import ai.okchat.operator.backend.ChatbotWatch;
import ai.okchat.operator.backend.ReferencedObjects;
import ai.okchat.operator.backend.ReferredBackends;
import ai.okchat.operator.backend.Resolution;
import ai.okchat.operator.backend.Tenant;
import ai.okchat.operator.status.Pause;
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

/** What a Chatbot depends on in the cluster, and what wakes it. */
final class ChatbotSources {

  private final ReferencedObjects references;
  private final ChatbotIndex index;
  private final ChatbotWatch watch;
  private final ChatbotWaker waker;
  private final BackendWaker backends;
  private final ReferredBackends<Chatbot> referred;
  private final boolean watchesNamespaces;
  private @Nullable InformerEventSource<Namespace, Chatbot> namespaces;

  /**
   * @param watchesNamespaces whether Namespaces may be read; a namespaced install may not
   */
  ChatbotSources(
      ReferencedObjects references,
      ChatbotIndex index,
      ChatbotWatch watch,
      ChatbotWaker waker,
      BackendWaker backends,
      ReferredBackends<Chatbot> referred,
      boolean watchesNamespaces) {
    this.references = references;
    this.index = index;
    this.watch = watch;
    this.waker = waker;
    this.backends = backends;
    this.referred = referred;
    this.watchesNamespaces = watchesNamespaces;
  }

  List<EventSource<?, Chatbot>> prepare(EventSourceContext<Chatbot> context) {
    index.attach(context.getPrimaryCache());
    var sources = new ArrayList<EventSource<?, Chatbot>>();
    sources.addAll(referred.prepare(context, it -> ids(index.referringTo(it))));
    sources.add(references.configMaps(context, ChatbotReferences::configMaps));
    sources.add(watch.leader(context));
    sources.add(waker.eventSource());
    if (watchesNamespaces) {
      namespaces = namespaceSource(context);
      sources.add(namespaces);
    }
    return List.copyOf(sources);
  }

  /** The backend object that the spec names, unless it goes and the Chatbot is not held. */
  Optional<BackendObject> backendOf(Chatbot chatbot) {
    return referred
        .find(BackendKey.of(chatbot))
        .filter(it -> !it.isMarkedForDeletion() || ChatbotMetadata.isHeld(chatbot));
  }

  Resolution resolve(Chatbot chatbot, Optional<BackendObject> backend) {
    var tenant = Tenant.of(chatbot.getMetadata().getNamespace(), namespaceOf(chatbot));
    return referred.resolve(
        BackendKey.of(chatbot), backend, tenant, () -> ChatbotReferences.backendNotFound(chatbot));
  }

  Optional<Namespace> namespaceOf(Chatbot chatbot) {
    return namespaces == null
        ? Optional.empty()
        : namespaces.get(new ResourceID(chatbot.getMetadata().getNamespace()));
  }

  /** Asks for another pass over the Chatbot. */
  void requeue(Chatbot chatbot) {
    waker.wake(chatbot);
  }

  /** A Chatbot is gone: its slug is free, and its backend may be the next to go. */
  void wakeAfter(Chatbot gone) {
    waker.gone(gone);
    backends.wake(BackendKey.of(gone));
  }

  private InformerEventSource<Namespace, Chatbot> namespaceSource(
      EventSourceContext<Chatbot> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(Namespace.class, Chatbot.class)
            .withWatchAllNamespaces()
            .withOnUpdateFilter(
                (now, before) -> isPaused(now) != isPaused(before) || Tenant.isNews(now, before))
            .withSecondaryToPrimaryMapper(it -> ids(index.inNamespace(it.getMetadata().getName())))
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
