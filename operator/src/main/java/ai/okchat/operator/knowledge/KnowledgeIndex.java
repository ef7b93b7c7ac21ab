package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.api.v1alpha1.KnowledgeSourceStatus;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.backend.BackendUsage;
import ai.okchat.operator.knowledge.ingestion.Ingestion;
import ai.okchat.operator.knowledge.ingestion.KnowledgeMetadata;
import ai.okchat.operator.kubernetes.HashIndex;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds KnowledgeSources in the informer cache by Chatbot, by namespace, and by the backend that
 * their documents were sent through.
 */
public final class KnowledgeIndex implements BackendUsage {

  /** Of sources with the same titles: one that has sent documents, then the older one. */
  private static final Comparator<KnowledgeSource> PRECEDENCE =
      Comparator.<KnowledgeSource, Boolean>comparing(
              source -> !KnowledgeMetadata.hasFinalizer(source))
          .thenComparing(source -> source.getMetadata().getCreationTimestamp())
          .thenComparing(source -> source.getMetadata().getUid());

  private final HashIndex<KnowledgeSource> byChatbot =
      new HashIndex<>("knowledge-by-chatbot", source -> Optional.of(chatbot(source)));
  private final HashIndex<KnowledgeSource> byNamespace =
      new HashIndex<>(
          "knowledge-by-namespace", source -> Optional.of(source.getMetadata().getNamespace()));
  private final HashIndex<KnowledgeSource> byBackend =
      new HashIndex<>(
          "knowledge-by-backend", source -> backendOf(source).map(BackendKey::toString));
  private final HashIndex<KnowledgeSource> byTitles =
      new HashIndex<>("knowledge-by-titles", source -> Optional.of(titles(source)));

  void attach(IndexerResourceCache<KnowledgeSource> primaryCache) {
    byChatbot.attach(primaryCache);
    byNamespace.attach(primaryCache);
    byBackend.attach(primaryCache);
    byTitles.attach(primaryCache);
  }

  /**
   * Returns the backend that the documents were sent through, from the status; empty if none were
   * sent.
   */
  static Optional<BackendKey> backendOf(KnowledgeSource source) {
    return Optional.ofNullable(source.getStatus())
        .map(KnowledgeSourceStatus::backend)
        .map(
            recorded ->
                new BackendKey(
                    recorded.kind(), source.getMetadata().getNamespace(), recorded.name()));
  }

  /**
   * Returns whether a source uses the backend: its account is polled for the Chatbot of the source,
   * or for the deletion of the documents.
   */
  @Override
  public boolean isReferredTo(BackendKey backend) {
    return isUsed(backend);
  }

  @Override
  public boolean isUsed(BackendKey backend) {
    return byBackend.find(backend.toString()).anyMatch(KnowledgeMetadata::hasFinalizer);
  }

  /**
   * Returns false: another operator deletes the documents of its sources with the API key that it
   * has in memory.
   */
  @Override
  public boolean isUsedElsewhere(BackendKey backend) {
    return false;
  }

  Collection<KnowledgeSource> of(Chatbot chatbot) {
    var metadata = chatbot.getMetadata();
    return byChatbot.find(key(metadata.getNamespace(), metadata.getName())).toList();
  }

  Collection<KnowledgeSource> inNamespace(String namespace) {
    return byNamespace.find(namespace).toList();
  }

  /**
   * Returns another source of the same Chatbot whose documents cannot be distinguished by their
   * titles, and which has precedence.
   */
  Optional<KnowledgeSource> titleOwnerBefore(KnowledgeSource source) {
    return withTitlesOf(source)
        .filter(other -> PRECEDENCE.compare(other, source) < 0)
        .min(PRECEDENCE);
  }

  /** Returns the other sources of the same Chatbot with the same tag in the titles. */
  Stream<KnowledgeSource> withTitlesOf(KnowledgeSource source) {
    var uid = source.getMetadata().getUid();
    return byTitles.find(titles(source)).filter(other -> !other.getMetadata().getUid().equals(uid));
  }

  private static String titles(KnowledgeSource source) {
    return chatbot(source) + "/" + Ingestion.tag(source).text();
  }

  private static String chatbot(KnowledgeSource source) {
    return key(source.getMetadata().getNamespace(), source.getSpec().chatbotRef().name());
  }

  private static String key(String namespace, String chatbot) {
    return namespace + "/" + chatbot;
  }
}
