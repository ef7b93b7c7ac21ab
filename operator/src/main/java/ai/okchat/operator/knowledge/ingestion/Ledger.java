package ai.okchat.operator.knowledge.ingestion;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.kubernetes.ServerSideApply;
import ai.okchat.planning.document.UploadAttempt;
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
 * Stores the upload attempts that no list shows: failed documents, accepted documents that are not
 * listed yet, and all documents if the format of the list is not supported. The ledger is a
 * compressed ConfigMap that the KnowledgeSource owns, or additionally a fixed number of parts if
 * one is too small. It does not exist while all documents are listed.
 */
public final class Ledger {

  /** Label of a ConfigMap with a ledger. */
  public static final String LABEL = "okchat.ai/ledger";

  private static final String CHATBOT = "chatbot";
  private static final String UPLOADS = "uploads.gz";
  private static final String IN_PARTS = "parts";

  /** First hexadecimal digit of the key, so that an entry never moves between parts. */
  private static final List<String> PARTS =
      IntStream.range(0, 16).mapToObj(Integer::toHexString).toList();

  private final KubernetesClient kubernetes;
  private final ServerSideApply writes;
  private final int documents;
  private final Clock clock;

  /**
   * @param documents maximum number of documents of a source; further entries are not read
   */
  public Ledger(KubernetesClient kubernetes, ServerSideApply writes, int documents, Clock clock) {
    this.kubernetes = kubernetes;
    this.writes = writes;
    this.documents = documents;
    this.clock = clock;
  }

  /** Reads the attempts for this bot; empty if the ledger is about another one. */
  public Map<String, UploadAttempt> read(KnowledgeSource source, String botId) {
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
    return Optional.ofNullable(stored(source, part).get())
        .filter(configMap -> isAbout(configMap, botId));
  }

  /** Writes these attempts if they differ from those that were written last. */
  public void save(
      KnowledgeSource source, UploadTracker.Memory memory, Map<String, UploadAttempt> attempts) {
    var saved = memory.saved();
    if (attempts.equals(saved)) {
      return;
    }
    if (attempts.isEmpty()) {
      remove(source, isInParts(saved));
    } else if (LedgerCodec.fits(attempts)) {
      write(source, "", memory.botId(), attempts);
      removeParts(source, isInParts(saved));
    } else {
      writeParts(source, memory.botId(), attempts, saved);
    }
    saved.clear();
    saved.putAll(attempts);
  }

  /**
   * Removes the ledger at the end of its KnowledgeSource; the garbage collector removes the parts.
   */
  public void remove(KnowledgeSource source) {
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

  /** Writes the changed parts first, then the ConfigMap that announces them. */
  private void writeParts(
      KnowledgeSource source,
      String botId,
      Map<String, UploadAttempt> attempts,
      Map<String, UploadAttempt> saved) {
    var now = byPart(attempts);
    var before = isInParts(saved) ? byPart(saved) : Map.<String, Map<String, UploadAttempt>>of();
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
      KnowledgeSource source, String part, String botId, Map<String, UploadAttempt> attempts) {
    writes.applyMetadata(
        configMap(source, part)
            .withData(Map.of(CHATBOT, botId))
            .withBinaryData(
                Map.of(UPLOADS, Base64.getEncoder().encodeToString(LedgerCodec.pack(attempts))))
            .build());
  }

  private static Map<String, Map<String, UploadAttempt>> byPart(
      Map<String, UploadAttempt> attempts) {
    return attempts.entrySet().stream()
        .collect(
            Collectors.groupingBy(
                entry -> entry.getKey().substring(0, 1),
                Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private static boolean isInParts(Map<String, UploadAttempt> saved) {
    return !LedgerCodec.fits(saved);
  }

  private static boolean isAbout(ConfigMap stored, String botId) {
    return stored.getData() != null && botId.equals(stored.getData().get(CHATBOT));
  }

  private static Stream<Map.Entry<String, UploadAttempt>> unpacked(ConfigMap stored, Instant now) {
    return Optional.ofNullable(stored.getBinaryData())
        .flatMap(binary -> Optional.ofNullable(binary.get(UPLOADS)))
        .map(packed -> LedgerCodec.unpack(Base64.getDecoder().decode(packed), now))
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
