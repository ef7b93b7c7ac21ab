package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.status.OwnWrites;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.LinkedHashMap;

/**
 * What remains of a KnowledgeSource that was let go without its documents being removed: a
 * ConfigMap in the operator's namespace that says what is left where, and how to remove it.
 */
final class KnowledgeReceipt {

  private static final String LABEL = "okchat.ai/orphan-receipt";

  private final OwnWrites writes;
  private final String namespace;

  /**
   * Leaves receipts in one namespace.
   *
   * @param namespace the operator's own
   */
  KnowledgeReceipt(OwnWrites writes, String namespace) {
    this.writes = writes;
    this.namespace = namespace;
  }

  /** Writes the receipt; the same one again where it is there already. */
  String leave(KnowledgeSource source, String why) {
    var receipt = receipt(source, why);
    writes.applyMetadata(receipt);
    return namespace + "/" + receipt.getMetadata().getName();
  }

  private ConfigMap receipt(KnowledgeSource source, String why) {
    var status = source.getStatus();
    var botId = status == null || status.chatbotId() == null ? "" : status.chatbotId();
    var data = new LinkedHashMap<String, String>();
    data.put(
        "knowledgeSource",
        source.getMetadata().getNamespace() + "/" + source.getMetadata().getName());
    data.put("chatbot", source.getSpec().chatbotRef().name());
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
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName("okchat-orphan-" + source.getMetadata().getUid())
        .addToLabels(LABEL, "true")
        .endMetadata()
        .withData(data)
        .build();
  }
}
