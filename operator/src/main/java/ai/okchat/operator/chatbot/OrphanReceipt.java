package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.status.OwnWrites;
import ai.okchat.operator.status.Receipts;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What remains of a Chatbot that was let go without its bot being deleted: a ConfigMap in the
 * operator's namespace that says what is left where, and how to remove it or take it over.
 */
final class OrphanReceipt {

  private final Receipts receipts;

  /**
   * @param namespace where receipts are kept: the operator's own
   */
  OrphanReceipt(OwnWrites writes, String namespace) {
    this.receipts = new Receipts(writes, namespace);
  }

  /** Writes the receipt; the same one again where it is there already. */
  String leave(Chatbot chatbot, String why) {
    return receipts.leave(chatbot, whatIsLeft(chatbot, why));
  }

  private static SequencedMap<String, String> whatIsLeft(Chatbot chatbot, String why) {
    var status = chatbot.getStatus();
    var id = status == null || status.id() == null ? "" : status.id();
    var slug = Claim.recordedOn(chatbot).map(Claim::slug).orElse("");
    var data = new LinkedHashMap<String, String>();
    data.put(
        "chatbot", chatbot.getMetadata().getNamespace() + "/" + chatbot.getMetadata().getName());
    data.put("backend", BackendKey.of(chatbot).toString());
    data.put("id", id);
    data.put("slug", slug);
    data.put("why", why);
    data.put(
        "remove",
        "curl -X DELETE -H \"x-api-key: $API_KEY\" \"$BACKEND_URL/api/external/chatbot/%s\""
            .formatted(id));
    data.put(
        "adopt", "Create a Chatbot with spec.slug: %s and spec.adoption: BySlug.".formatted(slug));
    return data;
  }
}
