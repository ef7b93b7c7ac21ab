package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.knowledge.ingestion.Progress;
import ai.okchat.operator.knowledge.ingestion.UploadTracker;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The in-memory state of KnowledgeSources between reconciliations. */
record KnowledgeMemory(
    SourceCache sourceCache, UploadTracker uploads, RetrievalChecks checks, Clock clock) {

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  /** Returns how long a source needs no reconciliation whose documents are all in sync. */
  Duration untilDue(KnowledgeSource source) {
    var candidates =
        Stream.of(
            sourceCache.untilDue(source),
            checks.untilDue(source),
            uploads.untilRetry(source.getMetadata().getUid(), clock.instant()).orElse(LONGEST),
            untilStale(source, sourceCache.untilDue(source)));
    return candidates
        .min(Duration::compareTo)
        .filter(candidate -> candidate.compareTo(SHORTEST) > 0)
        .orElse(SHORTEST);
  }

  /** Returns how long until the source is read again, apart from a change that triggers it. */
  Duration untilRead(KnowledgeSource source) {
    var due = sourceCache.untilDue(source);
    return due.compareTo(SHORTEST) > 0 ? due : SHORTEST;
  }

  /** Returns how long the source needs no reconciliation after this progress. */
  Duration requeueAfter(KnowledgeSource source, Progress progress) {
    var after = progress.requeueAfter();
    if (after.isZero()) {
      return untilDue(source);
    }
    return sourceCache
        .untilContinued(source)
        .map(until -> until.compareTo(SHORTEST) > 0 ? until : SHORTEST)
        .filter(until -> until.compareTo(after) < 0)
        .orElse(after);
  }

  /** Returns whether this process has started to send documents of the source to this bot. */
  boolean hasSent(KnowledgeSource source, String botId) {
    return uploads.of(source.getMetadata().getUid(), botId).isPresent();
  }

  void forget(KnowledgeSource source) {
    sourceCache.gone(source);
    checks.forget(source);
    uploads.forget(source.getMetadata().getUid());
  }

  private Duration untilStale(KnowledgeSource source, Duration otherwise) {
    @Nullable Duration remaining = KnowledgeStatusFactory.untilStale(source, clock.instant());
    return remaining == null || remaining.isNegative() ? otherwise : remaining;
  }
}
