package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.backend.BackendHold;
import ai.okchat.operator.status.OwnWrites;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The finalizer and the claim that we put on a KnowledgeSource, always together. */
final class KnowledgeMetadata {

  /**
   * Uid of the object that sent the documents, and when its last batch was begun: {@code
   * <uid>@<time>}. After a crash nobody knows what of that batch arrived; and a restored object did
   * not send what the bot has.
   */
  static final String CLAIM = "okchat.ai/claim";

  private static final String UNKNOWN = "-";

  private final OwnWrites writes;

  KnowledgeMetadata(OwnWrites writes) {
    this.writes = writes;
  }

  /** Holds the object and records that documents are about to be sent, in one write. */
  void announce(KnowledgeSource source, Instant now) {
    apply(source, claimant(source), now.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /** Adds a finalizer that another client removed; the claim stays as it is. */
  void hold(KnowledgeSource source) {
    apply(source, claimant(source), claimPart(source, 1).orElse(UNKNOWN));
  }

  /** Takes over the documents that an earlier object sent. */
  void claim(KnowledgeSource source) {
    apply(source, uid(source), claimPart(source, 1).orElse(UNKNOWN));
  }

  private void apply(KnowledgeSource source, String claimant, String at) {
    var fresh = fresh(source);
    fresh.getMetadata().setFinalizers(List.of(BackendHold.FINALIZER));
    fresh.getMetadata().setAnnotations(Map.of(CLAIM, claimant + "@" + at));
    writes.applyMetadata(fresh);
  }

  /**
   * Whether an earlier object sent the documents: the original, perhaps in another cluster, may
   * still manage them.
   */
  static boolean isRestored(KnowledgeSource source) {
    return !claimant(source).equals(uid(source));
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
    return claimPart(source, 1).flatMap(KnowledgeMetadata::instant);
  }

  /** The object itself, unless another one is recorded. */
  private static String claimant(KnowledgeSource source) {
    return claimPart(source, 0).filter(uid -> !uid.equals(UNKNOWN)).orElseGet(() -> uid(source));
  }

  private static Optional<String> claimPart(KnowledgeSource source, int index) {
    return Optional.ofNullable(source.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(CLAIM))
        .map(claim -> claim.split("@", 2))
        .filter(parts -> parts.length == 2)
        .map(parts -> parts[index]);
  }

  private static String uid(KnowledgeSource source) {
    return source.getMetadata().getUid();
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
