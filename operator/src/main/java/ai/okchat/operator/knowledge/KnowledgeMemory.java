package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What this process remembers of KnowledgeSources from one pass to the next. */
record KnowledgeMemory(
    Readings readings, Deliveries deliveries, RetrievalChecks checks, Clock clock) {

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  /** How long a source may be left alone whose documents are all where they shall be. */
  Duration untilDue(KnowledgeSource source) {
    var candidates =
        Stream.of(
            readings.untilDue(source),
            checks.untilDue(source),
            deliveries.untilRetry(source.getMetadata().getUid(), clock.instant()).orElse(LONGEST),
            untilStale(source, readings.untilDue(source)));
    return candidates
        .min(Duration::compareTo)
        .filter(it -> it.compareTo(SHORTEST) > 0)
        .orElse(SHORTEST);
  }

  /** Whether this process began to send documents of the source to this bot. */
  boolean hasSent(KnowledgeSource source, String botId) {
    return deliveries.of(source.getMetadata().getUid(), botId).isPresent();
  }

  void forget(KnowledgeSource source) {
    readings.forget(source);
    checks.forget(source);
    deliveries.forget(source.getMetadata().getUid());
  }

  private Duration untilStale(KnowledgeSource source, Duration otherwise) {
    @Nullable Duration left = KnowledgeReport.untilStale(source, clock.instant());
    return left == null || left.isNegative() ? otherwise : left;
  }
}
