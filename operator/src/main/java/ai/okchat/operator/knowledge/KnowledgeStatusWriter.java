package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.api.v1alpha1.KnowledgeSourceStatus;
import ai.okchat.operator.knowledge.ingestion.IngestionPreview;
import ai.okchat.operator.knowledge.ingestion.KnowledgeMetadata;
import ai.okchat.operator.knowledge.ingestion.LinkedBot;
import ai.okchat.operator.kubernetes.ServerSideApply;
import ai.okchat.operator.status.Failure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes the status of KnowledgeSources if it differs from the current one, and mere progress at
 * most every 3 seconds.
 */
final class KnowledgeStatusWriter {

  private static final Duration BETWEEN_PROGRESS = Duration.ofSeconds(3);

  private final ServerSideApply writes;
  private final Clock clock;
  private final Map<String, Instant> progressWritten = new ConcurrentHashMap<>();

  KnowledgeStatusWriter(ServerSideApply writes, Clock clock) {
    this.writes = writes;
    this.clock = clock;
  }

  void advanced(KnowledgeSource source, IngestionResult.Advanced outcome) {
    var now = clock.instant();
    var status = KnowledgeStatusFactory.advanced(source, outcome, now);
    var uid = source.getMetadata().getUid();
    var last = progressWritten.get(uid);
    var isProgressOnly =
        source.getStatus() != null
            && status.conditions().equals(source.getStatus().conditions())
            && !outcome.progress().isSettled();
    if (isProgressOnly && last != null && last.plus(BETWEEN_PROGRESS).isAfter(now)) {
      return;
    }
    if (write(source, status)) {
      progressWritten.put(uid, now);
    }
  }

  /** Writes the failure, and returns whether the status changed. */
  boolean failed(KnowledgeSource source, Failure failure) {
    return failed(source, failure, Optional.empty());
  }

  /**
   * @param bot the bot that may have received documents
   */
  boolean failed(KnowledgeSource source, Failure failure, Optional<LinkedBot> bot) {
    return write(source, KnowledgeStatusFactory.failed(source, failure, bot, clock.instant()));
  }

  void paused(KnowledgeSource source, String message) {
    write(source, KnowledgeStatusFactory.paused(source, message, clock.instant()));
  }

  void previewed(KnowledgeSource source, IngestionPreview preview) {
    write(source, KnowledgeStatusFactory.previewed(source, preview, clock.instant()));
  }

  void fetchingForPreview(KnowledgeSource source) {
    write(source, KnowledgeStatusFactory.fetchingForPreview(source, clock.instant()));
  }

  void forget(KnowledgeSource source) {
    progressWritten.remove(source.getMetadata().getUid());
  }

  private boolean write(KnowledgeSource source, KnowledgeSourceStatus status) {
    if (status.equals(source.getStatus())) {
      writes.recordUnchangedStatus(source);
      return false;
    }
    var patch = KnowledgeMetadata.fresh(source);
    patch.setStatus(status);
    return writes.applyStatus(source, patch).isPresent();
  }
}
