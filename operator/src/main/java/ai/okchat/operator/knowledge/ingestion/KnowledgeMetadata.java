package ai.okchat.operator.knowledge.ingestion;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.backend.BackendFinalizer;
import ai.okchat.operator.kubernetes.ServerSideApply;
import ai.okchat.operator.lifecycle.ClaimAnnotation;
import ai.okchat.planning.Pause;
import ai.okchat.planning.document.UploadAttempt;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the finalizer and the claim annotation of a KnowledgeSource, always together. */
public final class KnowledgeMetadata {

  /** Any new value reads the source again, and sends failed documents again. */
  public static final String REFRESH_REQUESTED_AT = "okchat.ai/refresh-requested-at";

  /** Any value but {@code false} makes the operator report its plan instead of sending it. */
  public static final String DRY_RUN = "okchat.ai/dry-run";

  private final ServerSideApply writes;

  public KnowledgeMetadata(ServerSideApply writes) {
    this.writes = writes;
  }

  /** Adds the finalizer and records that documents are about to be sent, in one write. */
  void announce(KnowledgeSource source, Instant now) {
    apply(source, claimant(source), now.truncatedTo(ChronoUnit.SECONDS));
  }

  /** Adds a finalizer that another client removed; the claim stays unchanged. */
  public void addFinalizer(KnowledgeSource source) {
    apply(source, claimant(source), ClaimAnnotation.of(source).at());
  }

  /** Adopts the documents that an earlier object sent. */
  public void claim(KnowledgeSource source) {
    apply(source, source.getMetadata().getUid(), ClaimAnnotation.of(source).at());
  }

  /**
   * @param at when the last batch began: after a crash the operator does not know which of its
   *     documents arrived
   */
  private void apply(KnowledgeSource source, String claimant, @Nullable Instant at) {
    var patch = fresh(source);
    patch.getMetadata().setFinalizers(List.of(BackendFinalizer.FINALIZER));
    patch
        .getMetadata()
        .setAnnotations(Map.of(ClaimAnnotation.KEY, new ClaimAnnotation(claimant, at).text()));
    writes.applyMetadata(patch);
  }

  /**
   * Returns whether an earlier object sent the documents: the original, perhaps in another cluster,
   * may still manage them.
   */
  public static boolean isRestored(KnowledgeSource source) {
    return !claimant(source).equals(source.getMetadata().getUid());
  }

  /** Removes the finalizer. */
  public void removeFinalizer(KnowledgeSource source) {
    writes.removeFinalizer(source, BackendFinalizer.FINALIZER);
  }

  public static boolean hasFinalizer(KnowledgeSource source) {
    return source.hasFinalizer(BackendFinalizer.FINALIZER);
  }

  /**
   * Returns until when documents of a batch of an earlier process may be listed. The clock of that
   * process may have been ahead, so the batch counts as begun at {@code latest} at the latest.
   */
  public static Optional<Instant> quietUntil(KnowledgeSource source, Instant latest) {
    return uploadStartedAt(source)
        .map(since -> since.isAfter(latest) ? latest : since)
        .map(since -> since.plus(UploadAttempt.AMBIGUOUS));
  }

  /** Returns whether a user asks what the operator would send. */
  public static boolean isDryRun(KnowledgeSource source) {
    return Pause.isSet(source.getMetadata().getAnnotations(), DRY_RUN);
  }

  /** Returns the last request to refresh; null if no user asked. */
  public static @Nullable String refreshRequest(KnowledgeSource source) {
    var annotations = source.getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(REFRESH_REQUESTED_AT);
  }

  /** Returns when the last batch began, in this process or in an earlier one. */
  public static Optional<Instant> uploadStartedAt(KnowledgeSource source) {
    return Optional.ofNullable(ClaimAnnotation.of(source).at());
  }

  /** Returns the UID that the claim records, or else that of the object. */
  private static String claimant(KnowledgeSource source) {
    return Objects.requireNonNullElse(
        ClaimAnnotation.of(source).uid(), source.getMetadata().getUid());
  }

  /** Returns an object with only the identity, for a server-side apply. */
  public static KnowledgeSource fresh(KnowledgeSource source) {
    var metadata = source.getMetadata();
    var patch = new KnowledgeSource();
    patch.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(metadata.getNamespace())
            .withName(metadata.getName())
            .withUid(metadata.getUid())
            .build());
    return patch;
  }
}
