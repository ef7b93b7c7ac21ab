package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.backend.BackendHold;
import ai.okchat.operator.status.ClaimAnnotation;
import ai.okchat.operator.status.OwnWrites;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The finalizer and the claim that we put on a KnowledgeSource, always together. */
final class KnowledgeMetadata {

  private final OwnWrites writes;

  KnowledgeMetadata(OwnWrites writes) {
    this.writes = writes;
  }

  /** Adds the finalizer and records that documents are about to be sent, in one write. */
  void announce(KnowledgeSource source, Instant now) {
    apply(source, claimant(source), now.truncatedTo(ChronoUnit.SECONDS));
  }

  /** Adds a finalizer that another client removed; the claim stays as it is. */
  void hold(KnowledgeSource source) {
    apply(source, claimant(source), ClaimAnnotation.of(source).at());
  }

  /** Takes over the documents that an earlier object sent. */
  void claim(KnowledgeSource source) {
    apply(source, source.getMetadata().getUid(), ClaimAnnotation.of(source).at());
  }

  /**
   * @param at when the last batch was begun: after a crash the operator does not know which of its
   *     documents arrived
   */
  private void apply(KnowledgeSource source, String claimant, @Nullable Instant at) {
    var fresh = fresh(source);
    fresh.getMetadata().setFinalizers(List.of(BackendHold.FINALIZER));
    fresh
        .getMetadata()
        .setAnnotations(Map.of(ClaimAnnotation.KEY, new ClaimAnnotation(claimant, at).text()));
    writes.applyMetadata(fresh);
  }

  /**
   * Whether an earlier object sent the documents: the original, perhaps in another cluster, may
   * still manage them.
   */
  static boolean isRestored(KnowledgeSource source) {
    return !claimant(source).equals(source.getMetadata().getUid());
  }

  /** Lets the object go. */
  void release(KnowledgeSource source) {
    writes.removeFinalizer(source, BackendHold.FINALIZER);
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
    return Optional.ofNullable(ClaimAnnotation.of(source).at());
  }

  /** The object itself, unless another one is recorded. */
  private static String claimant(KnowledgeSource source) {
    return Objects.requireNonNullElse(
        ClaimAnnotation.of(source).uid(), source.getMetadata().getUid());
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
}
