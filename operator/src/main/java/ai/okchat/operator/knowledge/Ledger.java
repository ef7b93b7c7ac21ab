package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.status.OwnWrites;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What must not be forgotten of documents that no list shows: failed ones, accepted ones that are
 * not listed yet, and all of them where the list can not be understood. A packed ConfigMap that the
 * KnowledgeSource owns, or a fixed number of parts beside it if one does not hold all; there is
 * none while all is listed.
 */
final class Ledger {

  static final String LABEL = "okchat.ai/ledger";

  private static final String CHATBOT = "chatbot";
  private static final String DELIVERIES = "deliveries.gz";
  private static final String IN_PARTS = "parts";

  /** By the first hexadecimal digit of the key, so that an entry never moves between parts. */
  private static final List<String> PARTS =
      IntStream.range(0, 16).mapToObj(Integer::toHexString).toList();

  private final KubernetesClient kubernetes;
  private final OwnWrites writes;
  private final int documents;
  private final Clock clock;

  /**
   * @param documents that a source may have; of a longer ledger the rest is not read
   */
  Ledger(KubernetesClient kubernetes, OwnWrites writes, int documents, Clock clock) {
    this.kubernetes = kubernetes;
    this.writes = writes;
    this.documents = documents;
    this.clock = clock;
  }

  /** What was written about this bot; nothing where it was about another one. */
  Map<String, Delivery> read(KnowledgeSource source, String botId) {
    var now = clock.instant();
    return stored(source, "", botId)
        .map(
            whole ->
                whole.getData().containsKey(IN_PARTS)
                    ? PARTS.stream().flatMap(part -> stored(source, part, botId).stream())
                    : Stream.of(whole))
        .orElse(Stream.empty())
        .flatMap(part -> unpacked(part, now))
        .limit(documents)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (_, last) -> last));
  }

  private Optional<ConfigMap> stored(KnowledgeSource source, String part, String botId) {
    return Optional.ofNullable(stored(source, part).get()).filter(it -> isAbout(it, botId));
  }

  /** Writes these deliveries where they are not what was written last. */
  void save(KnowledgeSource source, Deliveries.Memory memory, Map<String, Delivery> deliveries) {
    var saved = memory.saved();
    if (deliveries.equals(saved)) {
      return;
    }
    if (deliveries.isEmpty()) {
      remove(source, isInParts(saved));
    } else if (LedgerText.fits(deliveries)) {
      write(source, "", memory.botId(), deliveries);
      removeParts(source, isInParts(saved));
    } else {
      writeParts(source, memory.botId(), deliveries, saved);
    }
    saved.clear();
    saved.putAll(deliveries);
  }

  /** Removes it at the end of its KnowledgeSource, whose parts the garbage collector removes. */
  void remove(KnowledgeSource source) {
    remove(source, false);
  }

  private void remove(KnowledgeSource source, boolean inParts) {
    stored(source, "").delete();
    removeParts(source, inParts);
  }

  private void removeParts(KnowledgeSource source, boolean inParts) {
    if (inParts) {
      PARTS.forEach(part -> stored(source, part).delete());
    }
  }

  /** The parts that changed first, then what says that there are parts. */
  private void writeParts(
      KnowledgeSource source,
      String botId,
      Map<String, Delivery> deliveries,
      Map<String, Delivery> saved) {
    var now = byPart(deliveries);
    var before = isInParts(saved) ? byPart(saved) : Map.<String, Map<String, Delivery>>of();
    for (var part : PARTS) {
      var entries = now.getOrDefault(part, Map.of());
      if (!entries.equals(before.get(part))) {
        write(source, part, botId, entries);
      }
    }
    if (before.isEmpty()) {
      writes.applyMetadata(
          configMap(source, "").withData(Map.of(CHATBOT, botId, IN_PARTS, "16")).build());
    }
  }

  private void write(
      KnowledgeSource source, String part, String botId, Map<String, Delivery> deliveries) {
    writes.applyMetadata(
        configMap(source, part)
            .withData(Map.of(CHATBOT, botId))
            .withBinaryData(
                Map.of(DELIVERIES, Base64.getEncoder().encodeToString(LedgerText.pack(deliveries))))
            .build());
  }

  private static Map<String, Map<String, Delivery>> byPart(Map<String, Delivery> deliveries) {
    return deliveries.entrySet().stream()
        .collect(
            Collectors.groupingBy(
                entry -> entry.getKey().substring(0, 1),
                Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private static boolean isInParts(Map<String, Delivery> saved) {
    return !LedgerText.fits(saved);
  }

  private static boolean isAbout(ConfigMap stored, String botId) {
    return stored.getData() != null && botId.equals(stored.getData().get(CHATBOT));
  }

  private static Stream<Map.Entry<String, Delivery>> unpacked(ConfigMap stored, Instant now) {
    return Optional.ofNullable(stored.getBinaryData())
        .flatMap(binary -> Optional.ofNullable(binary.get(DELIVERIES)))
        .map(packed -> LedgerText.unpack(Base64.getDecoder().decode(packed), now))
        .orElse(Stream.empty());
  }

  private Resource<ConfigMap> stored(KnowledgeSource source, String part) {
    return kubernetes
        .configMaps()
        .inNamespace(source.getMetadata().getNamespace())
        .withName(name(source, part));
  }

  private static ConfigMapBuilder configMap(KnowledgeSource source, String part) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(source.getMetadata().getNamespace())
        .withName(name(source, part))
        .addToLabels(LABEL, "true")
        .addNewOwnerReference()
        .withApiVersion(source.getApiVersion())
        .withKind(source.getKind())
        .withName(source.getMetadata().getName())
        .withUid(source.getMetadata().getUid())
        .endOwnerReference()
        .endMetadata();
  }

  private static String name(KnowledgeSource source, String part) {
    return "okchat-ledger-" + source.getMetadata().getUid() + (part.isEmpty() ? "" : "-" + part);
  }
}
