package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.knowledge.ingestion.Ingestion;
import ai.okchat.operator.kubernetes.ServerSideApply;
import ai.okchat.operator.lifecycle.OrphanReceipts;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Writes the receipt of a KnowledgeSource that was deleted without its documents: a ConfigMap in
 * the namespace of the operator that lists the bot, the documents that remain in it, and the
 * commands that remove them.
 */
final class KnowledgeReceipt {

  private final OrphanReceipts receipts;

  /**
   * @param namespace namespace of the operator
   */
  KnowledgeReceipt(ServerSideApply writes, String namespace) {
    this.receipts = new OrphanReceipts(writes, namespace);
  }

  /** Writes the receipt, or the same one again, and returns its namespace and name. */
  String write(KnowledgeSource source, String why) {
    return receipts.write(source, content(source, why));
  }

  private static SequencedMap<String, String> content(KnowledgeSource source, String why) {
    var status = source.getStatus();
    var botId = status == null || status.chatbotId() == null ? "" : status.chatbotId();
    var data = new LinkedHashMap<String, String>();
    data.put(
        "knowledgeSource",
        source.getMetadata().getNamespace() + "/" + source.getMetadata().getName());
    data.put("chatbot", source.getSpec().chatbotRef().name());
    data.put("backend", KnowledgeIndex.backendOf(source).map(BackendKey::toString).orElse(""));
    data.put("id", botId);
    data.put("documents", "documents with ." + Ingestion.tag(source).text() + ". in their titles");
    data.put("why", why);
    data.put(
        "list",
        "curl -H \"x-api-key: $API_KEY\" \"$BACKEND_URL/api/external/chatbot/%s/knowledge-base\""
            .formatted(botId));
    data.put(
        "remove",
        "curl -X DELETE -H \"x-api-key: $API_KEY\" \"$BACKEND_URL/api/external/chatbot/%s/knowledge-base?id=$DOCUMENT_ID\""
            .formatted(botId));
    return data;
  }
}
