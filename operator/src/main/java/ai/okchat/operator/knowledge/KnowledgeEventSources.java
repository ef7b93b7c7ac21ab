package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.DeletionPolicy;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.api.v1alpha1.RecordedBackend;
import ai.okchat.api.v1alpha1.SecretRef;
import ai.okchat.operator.backend.BackendEventTrigger;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.backend.BackendResolution;
import ai.okchat.operator.backend.NamespaceAccess;
import ai.okchat.operator.backend.ReferredBackends;
import ai.okchat.operator.knowledge.source.SourceKind;
import ai.okchat.operator.kubernetes.MetadataInformers;
import ai.okchat.operator.kubernetes.SharedChatbotInformer;
import ai.okchat.operator.lifecycle.EffectiveDeletionPolicy;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Reason;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Watches the objects that KnowledgeSources depend on, and triggers their reconciliation. */
final class KnowledgeEventSources {

  private final MetadataInformers references;
  private final KnowledgeIndex index;
  private final SharedChatbotInformer chatbots;
  private final KnowledgeEventTrigger trigger;
  private final BackendEventTrigger backends;
  private final ReferredBackends<KnowledgeSource> referred;
  private final boolean watchesNamespaces;
  private @Nullable InformerEventSource<Namespace, KnowledgeSource> namespaces;

  /**
   * {@link #prepare} is called once, before the controller starts.
   *
   * @param watchesNamespaces whether the operator may read Namespaces; a namespaced install may not
   */
  KnowledgeEventSources(
      MetadataInformers references,
      KnowledgeIndex index,
      SharedChatbotInformer chatbots,
      KnowledgeEventTrigger trigger,
      BackendEventTrigger backends,
      ReferredBackends<KnowledgeSource> referred,
      boolean watchesNamespaces) {
    this.references = references;
    this.index = index;
    this.chatbots = chatbots;
    this.trigger = trigger;
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
            KnowledgeEventSources::isRelevant,
            chatbot -> ids(index.of(chatbot).stream())));
    sources.addAll(referred.prepare(context, backend -> ids(sourcesOf(backend).stream())));
    var configMaps = new ConfigMapUsers(index);
    sources.add(references.configMapsFor(context, configMaps, configMaps));
    sources.add(references.secrets(context, KnowledgeEventSources::secrets));
    sources.add(trigger.eventSource());
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

  /** Returns the source that owns the titles of this one, if it is another one. */
  Optional<KnowledgeSource> titleOwnerBefore(KnowledgeSource source) {
    return index.titleOwnerBefore(source);
  }

  /**
   * Drops an unused connection and triggers the backend after a KnowledgeSource is deleted: the
   * backend may wait for that with its own deletion, and another source for the titles.
   */
  void gone(KnowledgeSource source) {
    index.withTitlesOf(source).forEach(trigger::trigger);
    KnowledgeIndex.backendOf(source)
        .ifPresent(
            backend -> {
              trigger.gone(backend);
              backends.trigger(backend);
            });
  }

  /** Returns the policy for the documents when the source is deleted. */
  DeletionPolicy deletionPolicy(KnowledgeSource source) {
    var backend =
        KnowledgeIndex.backendOf(source)
            .or(() -> chatbotOf(source).map(BackendKey::of))
            .flatMap(referred::find);
    return EffectiveDeletionPolicy.of(source.getSpec().deletionPolicy(), backend, null);
  }

  /** Resolves a reference from the namespace of this source to a backend. */
  BackendResolution resolve(KnowledgeSource source, BackendKey backend) {
    var namespace = source.getMetadata().getNamespace();
    return referred.resolve(
        backend,
        referred.find(backend),
        NamespaceAccess.of(namespace, namespaceNamed(namespace)),
        () -> ChatbotRefResolver.backendNotFound(backend));
  }

  /** Returns a sentence that says how a user paused the object; empty if it is not paused. */
  Optional<String> pauseOf(KnowledgeSource source) {
    return Pause.of(
        source.getMetadata().getAnnotations(),
        source.getSpec().suspend(),
        () -> namespaceOf(source).map(namespace -> namespace.getMetadata().getAnnotations()));
  }

  private Optional<Namespace> namespaceOf(KnowledgeSource source) {
    return namespaceNamed(source.getMetadata().getNamespace());
  }

  private Optional<Namespace> namespaceNamed(String name) {
    return namespaces == null ? Optional.empty() : namespaces.get(new ResourceID(name));
  }

  /** Triggers another reconciliation of the source. */
  void requeue(KnowledgeSource source) {
    trigger.trigger(source);
  }

  /** Returns the KnowledgeSources of all bots of this backend. */
  Collection<KnowledgeSource> sourcesOf(BackendKey backend) {
    return chatbots
        .list(chatbot -> BackendKey.of(chatbot).equals(backend))
        .flatMap(chatbot -> index.of(chatbot).stream())
        .toList();
  }

  /**
   * Returns whether the documents go to another bot, backend or account, can be sent again, or have
   * another owner.
   */
  static boolean isRelevant(Chatbot now, Chatbot before) {
    return !Objects.equals(botId(now), botId(before))
        || !Objects.equals(origin(now), origin(before))
        || now.isMarkedForDeletion() != before.isMarkedForDeletion()
        || now.getSpec().adoption() != before.getSpec().adoption()
        || !Objects.equals(now.getSpec().backendRef(), before.getSpec().backendRef())
        || isInOtherAccount(now) != isInOtherAccount(before);
  }

  private static boolean isInOtherAccount(Chatbot chatbot) {
    return Conditions.hasReason(
        Conditions.of(chatbot), ConditionType.Stalled, Reason.AccountChanged);
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
                (now, before) ->
                    isPaused(now) != isPaused(before) || NamespaceAccess.isRelevant(now, before))
            .withSecondaryToPrimaryMapper(
                namespace -> ids(index.inNamespace(namespace.getMetadata().getName()).stream()))
            .withPrimaryToSecondaryMapper(MetadataInformers.NOT_INDEXED)
            .build(),
        context);
  }

  private static boolean isPaused(Namespace namespace) {
    return Pause.isSet(namespace.getMetadata().getAnnotations());
  }

  private static Set<ResourceID> ids(Stream<? extends HasMetadata> objects) {
    return objects.map(ResourceID::fromResource).collect(Collectors.toUnmodifiableSet());
  }

  private static List<String> secrets(KnowledgeSource source) {
    return SourceKind.of(source).secretRef().map(SecretRef::name).stream().toList();
  }
}
