package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.api.v1alpha1.KnowledgeSourceStatus;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.backend.BackendUsage;
import ai.okchat.operator.knowledge.ingestion.Ingestion;
import ai.okchat.operator.knowledge.ingestion.KnowledgeMetadata;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds KnowledgeSources in the informer cache by Chatbot, by namespace, and by the backend that
 * their documents were sent through.
 */
public final class KnowledgeIndex implements BackendUsage {

  private static final String BY_CHATBOT = "knowledge-by-chatbot";
  private static final String BY_NAMESPACE = "knowledge-by-namespace";
  private static final String BY_BACKEND = "knowledge-by-backend";
  private static final String BY_TITLES = "knowledge-by-titles";

  /** Of sources with the same titles: one that has sent documents, then the older one. */
  private static final Comparator<KnowledgeSource> PRECEDENCE =
      Comparator.<KnowledgeSource, Boolean>comparing(
              source -> !KnowledgeMetadata.hasFinalizer(source))
          .thenComparing(source -> source.getMetadata().getCreationTimestamp())
          .thenComparing(source -> source.getMetadata().getUid());

  private volatile @Nullable IndexerResourceCache<KnowledgeSource> cache;

  void attach(IndexerResourceCache<KnowledgeSource> primaryCache) {
    primaryCache.addIndexer(
        BY_CHATBOT,
        source ->
            List.of(
                key(source.getMetadata().getNamespace(), source.getSpec().chatbotRef().name())));
    primaryCache.addIndexer(BY_NAMESPACE, source -> List.of(source.getMetadata().getNamespace()));
    primaryCache.addIndexer(
        BY_BACKEND, source -> backendOf(source).map(BackendKey::toString).stream().toList());
    primaryCache.addIndexer(BY_TITLES, source -> List.of(titles(source)));
    cache = primaryCache;
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
    return find(BY_BACKEND, backend.toString()).stream().anyMatch(KnowledgeMetadata::hasFinalizer);
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
    return find(BY_CHATBOT, key(metadata.getNamespace(), metadata.getName()));
  }

  Collection<KnowledgeSource> inNamespace(String namespace) {
    return find(BY_NAMESPACE, namespace);
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
    return find(BY_TITLES, titles(source)).stream()
        .filter(other -> !other.getMetadata().getUid().equals(uid));
  }

  private List<KnowledgeSource> find(String index, String key) {
    var attached = cache;
    return attached == null ? List.of() : attached.byIndex(index, key);
  }

  private static String titles(KnowledgeSource source) {
    return key(source.getMetadata().getNamespace(), source.getSpec().chatbotRef().name())
        + "/"
        + Ingestion.tag(source).text();
  }

  private static String key(String namespace, String chatbot) {
    return namespace + "/" + chatbot;
  }
}
