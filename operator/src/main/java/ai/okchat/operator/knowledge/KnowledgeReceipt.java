package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.status.OwnWrites;
import ai.okchat.operator.status.Receipts;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What remains of a KnowledgeSource that was let go without its documents being removed: a
 * ConfigMap in the operator's namespace that says what is left where, and how to remove it.
 */
final class KnowledgeReceipt {

  private final Receipts receipts;

  /**
   * Leaves receipts in one namespace.
   *
   * @param namespace the operator's own
   */
  KnowledgeReceipt(OwnWrites writes, String namespace) {
    this.receipts = new Receipts(writes, namespace);
  }

  /** Writes the receipt; the same one again where it is there already. */
  String leave(KnowledgeSource source, String why) {
    return receipts.leave(source, whatIsLeft(source, why));
  }

  private static SequencedMap<String, String> whatIsLeft(KnowledgeSource source, String why) {
    var status = source.getStatus();
    var botId = status == null || status.chatbotId() == null ? "" : status.chatbotId();
    var data = new LinkedHashMap<String, String>();
    data.put(
        "knowledgeSource",
        source.getMetadata().getNamespace() + "/" + source.getMetadata().getName());
    data.put("chatbot", source.getSpec().chatbotRef().name());
    data.put("backend", KnowledgeIndex.backendOf(source).map(BackendKey::toString).orElse(""));
    data.put("id", botId);
    data.put("documents", "those with ." + Ingestion.tag(source).text() + ". in their titles");
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
