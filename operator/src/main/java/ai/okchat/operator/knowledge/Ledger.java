package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.status.OwnWrites;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What must not be forgotten of documents that no list shows: refused ones, accepted ones that are
 * not listed yet, and all of them where the list can not be understood. A packed ConfigMap that the
 * KnowledgeSource owns; there is none while all is listed.
 */
final class Ledger {

  static final String LABEL = "okchat.ai/ledger";

  private static final String CHATBOT = "chatbot";
  private static final String DELIVERIES = "deliveries.gz";

  private final KubernetesClient kubernetes;
  private final OwnWrites writes;

  Ledger(KubernetesClient kubernetes, OwnWrites writes) {
    this.kubernetes = kubernetes;
    this.writes = writes;
  }

  /** What was written about this bot; nothing where it was about another one. */
  Map<String, Delivery> read(KnowledgeSource source, String botId) {
    return Optional.ofNullable(stored(source))
        .filter(it -> it.getData() != null && botId.equals(it.getData().get(CHATBOT)))
        .filter(it -> it.getBinaryData() != null && it.getBinaryData().containsKey(DELIVERIES))
        .map(it -> Base64.getDecoder().decode(it.getBinaryData().get(DELIVERIES)))
        .map(LedgerText::unpack)
        .orElse(Map.of());
  }

  /** Writes these deliveries where they are not what was written last. */
  void save(KnowledgeSource source, Deliveries.Memory memory, Map<String, Delivery> deliveries) {
    if (deliveries.equals(memory.saved())) {
      return;
    }
    if (deliveries.isEmpty()) {
      remove(source);
    } else {
      writes.applyMetadata(configMap(source, memory.botId(), deliveries));
    }
    memory.saved().clear();
    memory.saved().putAll(new HashMap<>(deliveries));
  }

  void remove(KnowledgeSource source) {
    kubernetes
        .configMaps()
        .inNamespace(source.getMetadata().getNamespace())
        .withName(name(source))
        .delete();
  }

  private @Nullable ConfigMap stored(KnowledgeSource source) {
    return kubernetes
        .configMaps()
        .inNamespace(source.getMetadata().getNamespace())
        .withName(name(source))
        .get();
  }

  private static ConfigMap configMap(
      KnowledgeSource source, String botId, Map<String, Delivery> deliveries) {
    var packed = Base64.getEncoder().encodeToString(LedgerText.pack(deliveries));
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(source.getMetadata().getNamespace())
        .withName(name(source))
        .addToLabels(LABEL, "true")
        .addNewOwnerReference()
        .withApiVersion(source.getApiVersion())
        .withKind(source.getKind())
        .withName(source.getMetadata().getName())
        .withUid(source.getMetadata().getUid())
        .endOwnerReference()
        .endMetadata()
        .withData(Map.of(CHATBOT, botId))
        .withBinaryData(Map.of(DELIVERIES, packed))
        .build();
  }

  private static String name(KnowledgeSource source) {
    return "okchat-ledger-" + source.getMetadata().getUid();
  }
}
