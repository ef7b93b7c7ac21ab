package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds KnowledgeSources in the informer's cache: by chatbot, by namespace. */
final class KnowledgeIndex {

  private static final String BY_CHATBOT = "knowledge-by-chatbot";
  private static final String BY_NAMESPACE = "knowledge-by-namespace";

  private volatile @Nullable IndexerResourceCache<KnowledgeSource> cache;

  void attach(IndexerResourceCache<KnowledgeSource> primaryCache) {
    primaryCache.addIndexer(
        BY_CHATBOT,
        it -> List.of(key(it.getMetadata().getNamespace(), it.getSpec().chatbotRef().name())));
    primaryCache.addIndexer(BY_NAMESPACE, it -> List.of(it.getMetadata().getNamespace()));
    cache = primaryCache;
  }

  Collection<KnowledgeSource> of(Chatbot chatbot) {
    var metadata = chatbot.getMetadata();
    return find(BY_CHATBOT, key(metadata.getNamespace(), metadata.getName()));
  }

  Collection<KnowledgeSource> inNamespace(String namespace) {
    return find(BY_NAMESPACE, namespace);
  }

  private List<KnowledgeSource> find(String index, String key) {
    var attached = cache;
    return attached == null ? List.of() : attached.byIndex(index, key);
  }

  private static String key(String namespace, String chatbot) {
    return namespace + "/" + chatbot;
  }
}
