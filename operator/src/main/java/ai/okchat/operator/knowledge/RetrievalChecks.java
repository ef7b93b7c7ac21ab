package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.api.v1alpha1.KnowledgeSourceStatus;
import ai.okchat.client.OkChatException;
import ai.okchat.operator.knowledge.ingestion.Ingestion;
import ai.okchat.operator.knowledge.ingestion.KnowledgeMetadata;
import ai.okchat.operator.knowledge.ingestion.LinkedBot;
import ai.okchat.operator.knowledge.ingestion.Progress;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import ai.okchat.planning.document.Document;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs the retrieval checks of sources after each change and once in each interval. The first
 * failed check ends the run, which is retried with backoff: queries may cost.
 */
final class RetrievalChecks {

  private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);
  private static final int DOUBLINGS = 6;

  /**
   * The last run.
   *
   * @param occasion content, bot and refresh request of the run
   * @param failures how many runs in a row failed
   */
  private record Asked(String occasion, RetrievalResult verdict, Instant at, int failures) {

    Instant nextAt(Duration interval) {
      if (verdict instanceof RetrievalResult.Passed) {
        return at.plus(interval);
      }
      var doubled = FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS));
      return at.plus(doubled.compareTo(LONGEST_RETRY) < 0 ? doubled : LONGEST_RETRY);
    }
  }

  private final Clock clock;
  private final Map<String, Asked> byUid = new ConcurrentHashMap<>();

  RetrievalChecks(Clock clock) {
    this.clock = clock;
  }

  /**
   * Returns the result of the checks, and runs them only if they are due.
   *
   * @throws OkChatException if the backend gives no conclusive response
   */
  RetrievalResult verdict(
      KnowledgeSource source, LinkedBot bot, List<Document> documents, Progress progress) {
    if (source.getSpec().retrievalChecks().isEmpty()) {
      forget(source);
      return new RetrievalResult.NoChecks();
    }
    if (documents.isEmpty()) {
      forget(source);
      return new RetrievalResult.ChecksPending();
    }
    if (!progress.isSettled()) {
      return new RetrievalResult.ChecksPending();
    }
    var occasion = occasion(source, progress);
    var last = lastRun(source, progress, occasion);
    return last.isPresent() && last.get().nextAt(interval(source)).isAfter(clock.instant())
        ? last.get().verdict()
        : runChecks(source, bot, documents, occasion);
  }

  /** Returns the last run for this occasion, perhaps of an earlier process. */
  private Optional<Asked> lastRun(KnowledgeSource source, Progress progress, String occasion) {
    var uid = source.getMetadata().getUid();
    if (!byUid.containsKey(uid) && passedBefore(source, progress)) {
      byUid.put(uid, new Asked(occasion, new RetrievalResult.Passed(), clock.instant(), 0));
    }
    return Optional.ofNullable(byUid.get(uid)).filter(run -> run.occasion().equals(occasion));
  }

  /** Returns how long until the checks are due. */
  Duration untilDue(KnowledgeSource source) {
    var last = byUid.get(source.getMetadata().getUid());
    return last == null
        ? interval(source)
        : Duration.between(clock.instant(), last.nextAt(interval(source)));
  }

  void forget(KnowledgeSource source) {
    byUid.remove(source.getMetadata().getUid());
  }

  private RetrievalResult runChecks(
      KnowledgeSource source, LinkedBot bot, List<Document> documents, String occasion) {
    var uid = source.getMetadata().getUid();
    var failed =
        source.getSpec().retrievalChecks().stream()
            .map(check -> new RetrievalQuestion(check, documents, Ingestion.tag(source)))
            .map(question -> question.ask(bot))
            .filter(RetrievalResult.Failed.class::isInstance)
            .findFirst();
    var before = byUid.get(uid);
    var failures = before != null && before.occasion().equals(occasion) ? before.failures() + 1 : 1;
    var verdict = failed.orElseGet(RetrievalResult.Passed::new);
    byUid.put(uid, new Asked(occasion, verdict, clock.instant(), failed.isEmpty() ? 0 : failures));
    return verdict;
  }

  /** Returns whether the checks passed for the same content, in an earlier process. */
  private static boolean passedBefore(KnowledgeSource source, Progress progress) {
    var status = source.getStatus() == null ? KnowledgeSourceStatus.empty() : source.getStatus();
    return Conditions.isTrue(status.conditions(), ConditionType.Retrievable)
        && progress.contentDigest().equals(status.contentDigest())
        && progress.botId().equals(status.chatbotId())
        && Objects.equals(status.observedGeneration(), source.getMetadata().getGeneration())
        && Objects.equals(status.lastHandledRefreshAt(), KnowledgeMetadata.refreshRequest(source));
  }

  private static String occasion(KnowledgeSource source, Progress progress) {
    return String.join(
        "@",
        progress.botId(),
        progress.contentDigest(),
        String.valueOf(source.getMetadata().getGeneration()),
        String.valueOf(KnowledgeMetadata.refreshRequest(source)));
  }

  private static Duration interval(KnowledgeSource source) {
    return source.getSpec().refreshInterval().toDuration();
  }
}
