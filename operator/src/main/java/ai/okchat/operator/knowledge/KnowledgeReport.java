package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.DocumentStatus;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.api.v1alpha1.KnowledgeSourceStatus;
import ai.okchat.operator.knowledge.source.Sources;
import ai.okchat.operator.status.ConditionValue;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Messages;
import io.fabric8.kubernetes.api.model.Condition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The whole status of a KnowledgeSource after a pass, built from the one before: a failed pass
 * never drops what was known. Pure.
 */
final class KnowledgeReport {

  /** Documents that are named; all of them are counted. */
  private static final int MOST_DOCUMENTS = 100;

  /** Bytes of JSON that the named documents may take, well below the 100 KiB of a whole status. */
  private static final int MOST_BYTES = 48 * 1024;

  private static final int LONGEST_NAME = 500;
  private static final int LONGEST_MESSAGE = 400;
  private static final int BYTES_OF_A_ROW = 200;

  private KnowledgeReport() {}

  static KnowledgeSourceStatus advanced(
      KnowledgeSource source, Outcome.Advanced outcome, Instant now) {
    var progress = outcome.progress();
    var counts = progress.counts();
    var refreshed = refreshTime(source, outcome, now);
    var values =
        new ArrayList<>(KnowledgeConditions.of(progress, outcome.retrieval(), outcome.drifted()));
    values.add(KnowledgeConditions.stale(isStale(source, refreshed, now)));
    return new KnowledgeSourceStatus(
        source.getMetadata().getGeneration(),
        conditions(source, values, now),
        progress.botId(),
        outcome.origin(),
        outcome.organizationId(),
        progress.contentDigest(),
        refreshed,
        Readings.requestedAt(source),
        counts.accepted() + "/" + counts.desired(),
        counts,
        bounded(progress.documents()));
  }

  /**
   * @param bot that documents may have arrived in
   */
  static KnowledgeSourceStatus failed(
      KnowledgeSource source, Failure failure, Optional<BotLink.Linked> bot, Instant now) {
    var before = before(source);
    var values = new ArrayList<>(KnowledgeConditions.failed(failure, before.conditions()));
    return kept(source, bot.map(linked -> withBot(before, linked)).orElse(before), values, now);
  }

  static KnowledgeSourceStatus paused(KnowledgeSource source, String message, Instant now) {
    var values = new ArrayList<>(KnowledgeConditions.paused(saidOfThis(source), message));
    return kept(source, before(source), values, now);
  }

  /** The record of the bot that the deletion removes the documents from. */
  private static KnowledgeSourceStatus withBot(KnowledgeSourceStatus before, BotLink.Linked bot) {
    return new KnowledgeSourceStatus(
        before.observedGeneration(),
        before.conditions(),
        bot.botId(),
        bot.connection().origin(),
        bot.organizationId(),
        before.contentDigest(),
        before.lastRefreshTime(),
        before.lastHandledRefreshAt(),
        before.progress(),
        before.counts(),
        before.documents());
  }

  /** What was said of an older generation is no news of this one, which nobody looks at. */
  private static List<Condition> saidOfThis(KnowledgeSource source) {
    var before = before(source);
    return source.getMetadata().getGeneration().equals(before.observedGeneration())
        ? before.conditions()
        : List.of();
  }

  /** How long until the documents are too old; empty where they never are. */
  static @Nullable Duration untilStale(KnowledgeSource source, Instant now) {
    var maxAge = source.getSpec().maxAge();
    var refreshed = before(source).lastRefreshTime();
    return maxAge == null || refreshed == null
        ? null
        : Duration.between(now, Instant.parse(refreshed).plus(maxAge.toDuration()));
  }

  private static KnowledgeSourceStatus kept(
      KnowledgeSource source,
      KnowledgeSourceStatus before,
      List<ConditionValue> values,
      Instant now) {
    values.add(KnowledgeConditions.stale(isStale(source, before.lastRefreshTime(), now)));
    return new KnowledgeSourceStatus(
        source.getMetadata().getGeneration(),
        conditions(source, values, now),
        before.chatbotId(),
        before.backend(),
        before.organizationId(),
        before.contentDigest(),
        before.lastRefreshTime(),
        before.lastHandledRefreshAt(),
        before.progress(),
        before.counts(),
        before.documents());
  }

  /**
   * Of what is read at each pass the time is not worth a write each: it moves with the content, on
   * request, and in time before it would count as stale.
   */
  private static String refreshTime(KnowledgeSource source, Outcome.Advanced outcome, Instant now) {
    var before = before(source);
    var known = before.lastRefreshTime();
    var isAsBefore =
        outcome.progress().contentDigest().equals(before.contentDigest())
            && Objects.equals(Readings.requestedAt(source), before.lastHandledRefreshAt());
    return known == null
            || !isAsBefore
            || Sources.isFetched(source)
            || isHalfStale(source, known, now)
        ? outcome.readAt().truncatedTo(ChronoUnit.SECONDS).toString()
        : known;
  }

  private static boolean isHalfStale(KnowledgeSource source, String refreshed, Instant now) {
    var maxAge = source.getSpec().maxAge();
    return maxAge != null
        && Instant.parse(refreshed).plus(maxAge.toDuration().dividedBy(2)).isBefore(now);
  }

  private static boolean isStale(KnowledgeSource source, @Nullable String refreshed, Instant now) {
    var maxAge = source.getSpec().maxAge();
    return maxAge != null
        && refreshed != null
        && !Instant.parse(refreshed).plus(maxAge.toDuration()).isAfter(now);
  }

  private static List<DocumentStatus> bounded(List<DocumentStatus> documents) {
    var shown = new ArrayList<DocumentStatus>();
    var bytes = 0;
    for (var document : documents) {
      var row = bounded(document);
      bytes += BYTES_OF_A_ROW + bytes(row.name()) + bytes(row.message());
      if (shown.size() == MOST_DOCUMENTS || bytes > MOST_BYTES) {
        break;
      }
      shown.add(row);
    }
    return List.copyOf(shown);
  }

  private static DocumentStatus bounded(DocumentStatus row) {
    var message = row.message();
    return new DocumentStatus(
        Messages.shortened(row.name(), LONGEST_NAME),
        row.digest(),
        row.id(),
        row.state(),
        message == null ? null : Messages.shortened(message, LONGEST_MESSAGE));
  }

  private static int bytes(@Nullable String text) {
    return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static List<Condition> conditions(
      KnowledgeSource source, List<ConditionValue> values, Instant now) {
    return Conditions.merge(
        before(source).conditions(), values, source.getMetadata().getGeneration(), now);
  }

  private static KnowledgeSourceStatus before(KnowledgeSource source) {
    return source.getStatus() == null ? KnowledgeSourceStatus.empty() : source.getStatus();
  }
}
