package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.backend.BackendHold;
import ai.okchat.operator.status.OwnWrites;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The finalizer and the annotation that we put on a KnowledgeSource, always together. */
final class KnowledgeMetadata {

  /** When the last batch of documents was begun: after a crash nobody knows what of it arrived. */
  static final String SENDING = "okchat.ai/sending-since";

  private final KubernetesClient kubernetes;
  private final OwnWrites writes;

  KnowledgeMetadata(KubernetesClient kubernetes, OwnWrites writes) {
    this.kubernetes = kubernetes;
    this.writes = writes;
  }

  /** Holds the object and records that documents are about to be sent, in one write. */
  void announce(KnowledgeSource source, Instant now) {
    var fresh = fresh(source);
    fresh.getMetadata().setFinalizers(List.of(BackendHold.FINALIZER));
    fresh
        .getMetadata()
        .setAnnotations(Map.of(SENDING, now.truncatedTo(ChronoUnit.SECONDS).toString()));
    writes.applyMetadata(fresh);
  }

  /** Adds a finalizer that another client removed; the annotations stay as they are. */
  void hold(KnowledgeSource source) {
    var fresh = fresh(source);
    fresh.getMetadata().setFinalizers(List.of(BackendHold.FINALIZER));
    var annotations = source.getMetadata().getAnnotations();
    if (annotations != null && annotations.containsKey(SENDING)) {
      fresh.getMetadata().setAnnotations(Map.of(SENDING, annotations.get(SENDING)));
    }
    writes.applyMetadata(fresh);
  }

  /** Lets the object go. */
  void release(KnowledgeSource source) {
    PrimaryUpdateAndCacheUtils.removeFinalizer(kubernetes, source, BackendHold.FINALIZER);
  }

  static boolean isHeld(KnowledgeSource source) {
    return source.hasFinalizer(BackendHold.FINALIZER);
  }

  /**
   * Until when documents of a batch that an earlier process began may turn up. A clock may have
   * been ahead, so the batch counts as begun at {@code latest} at the latest.
   */
  static Optional<Instant> quietUntil(KnowledgeSource source, Instant latest) {
    return sendingSince(source)
        .map(since -> since.isAfter(latest) ? latest : since)
        .map(since -> since.plus(Delivery.AMBIGUOUS));
  }

  /** When the last batch was begun, by this process or an earlier one. */
  static Optional<Instant> sendingSince(KnowledgeSource source) {
    return Optional.ofNullable(source.getMetadata().getAnnotations())
        .map(it -> it.get(SENDING))
        .flatMap(KnowledgeMetadata::instant);
  }

  /** What a server-side apply needs to say whom it is about. */
  static KnowledgeSource fresh(KnowledgeSource source) {
    var metadata = source.getMetadata();
    var fresh = new KnowledgeSource();
    fresh.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(metadata.getNamespace())
            .withName(metadata.getName())
            .withUid(metadata.getUid())
            .build());
    return fresh;
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
