package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.kubernetes.ServerSideApply;
import ai.okchat.operator.lifecycle.OrphanReceipts;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Writes the receipt of an orphaned bot: a ConfigMap in the operator's namespace that names the bot
 * and its backend, and says how to delete or adopt it.
 */
final class ChatbotReceipt {

  private final OrphanReceipts receipts;

  /**
   * @param namespace of the receipts: the operator's own
   */
  ChatbotReceipt(ServerSideApply writes, String namespace) {
    this.receipts = new OrphanReceipts(writes, namespace);
  }

  /** Writes the receipt, again if it exists, and returns its namespace and name. */
  String write(Chatbot chatbot, String reason) {
    return receipts.write(chatbot, receiptData(chatbot, reason));
  }

  private static SequencedMap<String, String> receiptData(Chatbot chatbot, String reason) {
    var status = chatbot.getStatus();
    var id = status == null || status.id() == null ? "" : status.id();
    var slug = Claim.recordedOn(chatbot).map(Claim::slug).orElse("");
    var data = new LinkedHashMap<String, String>();
    data.put(
        "chatbot", chatbot.getMetadata().getNamespace() + "/" + chatbot.getMetadata().getName());
    data.put("backend", BackendKey.of(chatbot).toString());
    data.put("id", id);
    data.put("slug", slug);
    data.put("why", reason);
    data.put(
        "remove",
        "curl -X DELETE -H \"x-api-key: $API_KEY\" \"$BACKEND_URL/api/external/chatbot/%s\""
            .formatted(id));
    data.put(
        "adopt", "Create a Chatbot with spec.slug: %s and spec.adoption: BySlug.".formatted(slug));
    return data;
  }
}
