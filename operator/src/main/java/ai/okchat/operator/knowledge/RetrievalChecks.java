package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.api.v1alpha1.KnowledgeSourceStatus;
import ai.okchat.operator.knowledge.document.Document;
import ai.okchat.operator.okchat.OkChatException;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks the retrieval checks of sources: after each change and once in each interval. The first that
 * does not pass ends the asking, and is asked again later and later: queries may cost.
 */
final class RetrievalChecks {

  private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);
  private static final int DOUBLINGS = 6;

  /**
   * What was asked last.
   *
   * @param occasion content, bot and request that it was about
   * @param failures how often in a row a check did not pass
   */
  private record Asked(String occasion, Retrieval verdict, Instant at, int failures) {

    Instant nextAt(Duration interval) {
      if (verdict instanceof Retrieval.Passed) {
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
   * What the checks say now, asked only where that is due.
   *
   * @throws OkChatException where the backend gives no answer
   */
  Retrieval verdict(
      KnowledgeSource source, BotLink.Linked bot, List<Document> documents, Progress progress) {
    if (source.getSpec().retrievalChecks().isEmpty()) {
      forget(source);
      return new Retrieval.NoChecks();
    }
    if (documents.isEmpty()) {
      forget(source);
      return new Retrieval.NotAsked();
    }
    if (!progress.isSettled()) {
      return new Retrieval.NotAsked();
    }
    var occasion = occasion(source, progress);
    var asked = lastAsked(source, progress, occasion);
    return asked.isPresent() && asked.get().nextAt(interval(source)).isAfter(clock.instant())
        ? asked.get().verdict()
        : ask(source, bot, documents, occasion);
  }

  /** What is known about this very occasion, perhaps from an earlier process. */
  private Optional<Asked> lastAsked(KnowledgeSource source, Progress progress, String occasion) {
    var uid = source.getMetadata().getUid();
    if (!byUid.containsKey(uid) && passedBefore(source, progress)) {
      byUid.put(uid, new Asked(occasion, new Retrieval.Passed(), clock.instant(), 0));
    }
    return Optional.ofNullable(byUid.get(uid)).filter(it -> it.occasion().equals(occasion));
  }

  /** How long until the checks are to be asked again. */
  Duration untilDue(KnowledgeSource source) {
    var asked = byUid.get(source.getMetadata().getUid());
    return asked == null
        ? interval(source)
        : Duration.between(clock.instant(), asked.nextAt(interval(source)));
  }

  void forget(KnowledgeSource source) {
    byUid.remove(source.getMetadata().getUid());
  }

  private Retrieval ask(
      KnowledgeSource source, BotLink.Linked bot, List<Document> documents, String occasion) {
    var uid = source.getMetadata().getUid();
    var failed =
        source.getSpec().retrievalChecks().stream()
            .map(check -> new RetrievalQuestion(check, documents, Ingestion.tag(source)))
            .map(question -> question.ask(bot))
            .filter(Retrieval.Failed.class::isInstance)
            .findFirst();
    var before = byUid.get(uid);
    var failures = before != null && before.occasion().equals(occasion) ? before.failures() + 1 : 1;
    var verdict = failed.orElseGet(Retrieval.Passed::new);
    byUid.put(uid, new Asked(occasion, verdict, clock.instant(), failed.isEmpty() ? 0 : failures));
    return verdict;
  }

  /** An earlier process has asked about the same content. */
  private static boolean passedBefore(KnowledgeSource source, Progress progress) {
    var status = source.getStatus() == null ? KnowledgeSourceStatus.empty() : source.getStatus();
    return Conditions.isTrue(status.conditions(), ConditionType.Retrievable)
        && progress.contentDigest().equals(status.contentDigest())
        && progress.botId().equals(status.chatbotId())
        && Objects.equals(status.observedGeneration(), source.getMetadata().getGeneration())
        && Objects.equals(status.lastHandledRefreshAt(), Readings.requestedAt(source));
  }

  private static String occasion(KnowledgeSource source, Progress progress) {
    return String.join(
        "@",
        progress.botId(),
        progress.contentDigest(),
        String.valueOf(source.getMetadata().getGeneration()),
        String.valueOf(Readings.requestedAt(source)));
  }

  private static Duration interval(KnowledgeSource source) {
    return source.getSpec().refreshInterval().toDuration();
  }
}
