package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.api.v1alpha1.RecordedBackend;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a KnowledgeSource depends on in the cluster, and what wakes it. */
final class KnowledgeSources {

  private final ReferencedObjects references;
  private final KnowledgeIndex index;
  private final ChatbotWatch chatbots;
  private final KnowledgeWaker waker;
  private final BackendWaker backends;
  private final ReferredBackends<KnowledgeSource> referred;
  private final boolean watchesNamespaces;
  private @Nullable InformerEventSource<Namespace, KnowledgeSource> namespaces;

  /**
   * Prepared once, before the controller starts.
   *
   * @param watchesNamespaces whether Namespaces may be read; a namespaced install may not
   */
  KnowledgeSources(
      ReferencedObjects references,
      KnowledgeIndex index,
      ChatbotWatch chatbots,
      KnowledgeWaker waker,
      BackendWaker backends,
      ReferredBackends<KnowledgeSource> referred,
      boolean watchesNamespaces) {
    this.references = references;
    this.index = index;
    this.chatbots = chatbots;
    this.waker = waker;
    this.backends = backends;
    this.referred = referred;
    this.watchesNamespaces = watchesNamespaces;
  }

  List<EventSource<?, KnowledgeSource>> prepare(EventSourceContext<KnowledgeSource> context) {
    index.attach(context.getPrimaryCache());
    var sources = new ArrayList<EventSource<?, KnowledgeSource>>();
    sources.add(
        chatbots.follower(
            context.getControllerConfiguration().getConfigurationService().cacheSyncTimeout(),
            KnowledgeSources::isNews,
            it -> ids(index.of(it).stream())));
    sources.addAll(referred.prepare(context, it -> ids(behind(it).stream())));
    var configMaps = new ConfigMapUsers(index);
    sources.add(references.configMapsFor(context, configMaps, configMaps));
    sources.add(references.secrets(context, KnowledgeReferences::secrets));
    sources.add(waker.eventSource());
    if (watchesNamespaces) {
      namespaces = namespaceSource(context);
      sources.add(namespaces);
    }
    return List.copyOf(sources);
  }

  Optional<Chatbot> chatbotOf(KnowledgeSource source) {
    return chatbots.find(
        new ResourceID(source.getSpec().chatbotRef().name(), source.getMetadata().getNamespace()));
  }

  /** A KnowledgeSource is gone: its backend may be the next to go. */
  void gone(KnowledgeSource source) {
    KnowledgeIndex.backendOf(source)
        .ifPresent(
            backend -> {
              waker.gone(backend);
              backends.wake(backend);
            });
  }

  /** What a reference of this source's namespace to a backend leads to. */
  Resolution resolve(KnowledgeSource source, BackendKey backend) {
    var namespace = source.getMetadata().getNamespace();
    return referred.resolve(
        backend,
        referred.find(backend),
        Tenant.of(namespace, namespaceNamed(namespace)),
        () -> BotLinks.backendNotFound(backend));
  }

  Optional<Namespace> namespaceOf(KnowledgeSource source) {
    return namespaceNamed(source.getMetadata().getNamespace());
  }

  private Optional<Namespace> namespaceNamed(String name) {
    return namespaces == null ? Optional.empty() : namespaces.get(new ResourceID(name));
  }

  /** Asks for another pass over the source. */
  void requeue(KnowledgeSource source) {
    waker.wake(source);
  }

  /** The KnowledgeSources of all bots behind this backend. */
  Collection<KnowledgeSource> behind(BackendKey backend) {
    return chatbots
        .list(it -> BackendKey.of(it).equals(backend))
        .flatMap(it -> index.of(it).stream())
        .toList();
  }

  /** Whether documents would go elsewhere, could go somewhere again, or have another owner. */
  private static boolean isNews(Chatbot now, Chatbot before) {
    return !Objects.equals(botId(now), botId(before))
        || !Objects.equals(origin(now), origin(before))
        || now.isMarkedForDeletion() != before.isMarkedForDeletion()
        || now.getSpec().adoption() != before.getSpec().adoption()
        || !Objects.equals(now.getSpec().backendRef(), before.getSpec().backendRef());
  }

  private static @Nullable String botId(Chatbot chatbot) {
    return chatbot.getStatus() == null ? null : chatbot.getStatus().id();
  }

  private static @Nullable RecordedBackend origin(Chatbot chatbot) {
    return chatbot.getStatus() == null ? null : chatbot.getStatus().backend();
  }

  private InformerEventSource<Namespace, KnowledgeSource> namespaceSource(
      EventSourceContext<KnowledgeSource> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(Namespace.class, KnowledgeSource.class)
            .withName("knowledge-namespaces")
            .withWatchAllNamespaces()
            .withOnUpdateFilter(
                (now, before) -> isPaused(now) != isPaused(before) || Tenant.isNews(now, before))
            .withSecondaryToPrimaryMapper(
                it -> ids(index.inNamespace(it.getMetadata().getName()).stream()))
            .build(),
        context);
  }

  private static boolean isPaused(Namespace namespace) {
    return Pause.isSet(namespace.getMetadata().getAnnotations());
  }

  private static Set<ResourceID> ids(Stream<? extends HasMetadata> objects) {
    return objects.map(ResourceID::fromResource).collect(Collectors.toUnmodifiableSet());
  }
}
