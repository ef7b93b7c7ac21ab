package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.api.v1alpha1.KnowledgeSourceStatus;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.OwnWrites;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes the status of KnowledgeSources, each only where it differs from what is there, and mere
 * progress no more often than people can read.
 */
final class StatusWriter {

  private static final Duration BETWEEN_PROGRESS = Duration.ofSeconds(3);

  private final OwnWrites writes;
  private final Clock clock;
  private final Map<String, Instant> progressWritten = new ConcurrentHashMap<>();

  StatusWriter(OwnWrites writes, Clock clock) {
    this.writes = writes;
    this.clock = clock;
  }

  void advanced(KnowledgeSource source, Outcome.Advanced outcome) {
    var now = clock.instant();
    var status = KnowledgeReport.advanced(source, outcome, now);
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

  /** Returns whether this was news. */
  boolean failed(KnowledgeSource source, Failure failure) {
    return failed(source, failure, Optional.empty());
  }

  /**
   * @param bot that documents may have arrived in
   */
  boolean failed(KnowledgeSource source, Failure failure, Optional<BotLink.Linked> bot) {
    return write(source, KnowledgeReport.failed(source, failure, bot, clock.instant()));
  }

  void paused(KnowledgeSource source, String message) {
    write(source, KnowledgeReport.paused(source, message, clock.instant()));
  }

  void forget(KnowledgeSource source) {
    progressWritten.remove(source.getMetadata().getUid());
  }

  private boolean write(KnowledgeSource source, KnowledgeSourceStatus status) {
    if (status.equals(source.getStatus())) {
      writes.keepStatus(source);
      return false;
    }
    var fresh = KnowledgeMetadata.fresh(source);
    fresh.setStatus(status);
    return writes.applyStatus(source, fresh).isPresent();
  }
}
