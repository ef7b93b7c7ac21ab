package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.DocumentCounts;
import ai.okchat.api.v1alpha1.DocumentState;
import ai.okchat.api.v1alpha1.DocumentStatus;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.api.v1alpha1.KnowledgeSourceStatus;
import ai.okchat.operator.knowledge.ingestion.IngestionPreview;
import ai.okchat.operator.knowledge.ingestion.KnowledgeMetadata;
import ai.okchat.operator.knowledge.ingestion.LinkedBot;
import ai.okchat.operator.knowledge.source.SourceKind;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.ConditionValue;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Messages;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.status.StandardConditions;
import ai.okchat.planning.document.Omissions;
import io.fabric8.kubernetes.api.model.Condition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Builds the whole status of a KnowledgeSource after a reconciliation from the previous one: a
 * failure never drops known state. Pure.
 */
final class KnowledgeStatusFactory {

  /** Documents that the status names; it counts all of them. */
  private static final int MOST_DOCUMENTS = 100;

  /** Bytes of JSON of the named documents, well below the 100 KiB of a whole status. */
  private static final int MOST_BYTES = 48 * 1024;

  private static final Set<String> KEPT_IN_DRY_RUN =
      Set.of(
          ConditionType.Ready.name(),
          ConditionType.Synced.name(),
          ConditionType.Retrievable.name());

  private static final String FETCHING_FOR_PREVIEW =
      "The annotation %s is set: the operator fetches the source, and reports what it would send when the fetch is complete."
          .formatted(KnowledgeMetadata.DRY_RUN);

  private static final int MOST_BYTES_OF_SKIPPED = 16 * 1024;

  private static final int LONGEST_NAME = 500;
  private static final int LONGEST_MESSAGE = 400;
  private static final int BYTES_OF_A_ROW = 200;

  private KnowledgeStatusFactory() {}

  static KnowledgeSourceStatus advanced(
      KnowledgeSource source, IngestionResult.Advanced outcome, Instant now) {
    var progress = outcome.progress();
    var counts = progress.counts();
    var refreshed = refreshTime(source, outcome, now);
    var values = KnowledgeConditions.of(progress, outcome.retrieval(), outcome.drifted());
    return new KnowledgeSourceStatus(
        source.getMetadata().getGeneration(),
        conditions(source, values, refreshed, now),
        progress.botId(),
        outcome.origin(),
        outcome.organizationId(),
        progress.contentDigest(),
        refreshed,
        KnowledgeMetadata.refreshRequest(source),
        progress(counts),
        counts,
        documents(progress.documents(), progress.omissions()));
  }

  /**
   * @param bot the bot that may have received documents
   */
  static KnowledgeSourceStatus failed(
      KnowledgeSource source, Failure failure, Optional<LinkedBot> bot, Instant now) {
    var before = before(source);
    var values = KnowledgeConditions.failed(failure, Conditions.ofCurrentGeneration(source));
    return kept(source, bot.map(linked -> withBot(before, linked)).orElse(before), values, now);
  }

  static KnowledgeSourceStatus paused(KnowledgeSource source, String message, Instant now) {
    return kept(source, before(source), StandardConditions.paused(source, message), now);
  }

  /** The documents are those of the plan; what the bot has was not changed, and stays known. */
  static KnowledgeSourceStatus previewed(
      KnowledgeSource source, IngestionPreview preview, Instant now) {
    var before = before(source);
    var counts = preview.progress().counts();
    return new KnowledgeSourceStatus(
        source.getMetadata().getGeneration(),
        conditions(source, dryRun(source, preview.message()), before.lastRefreshTime(), now),
        before.chatbotId(),
        before.backend(),
        before.organizationId(),
        before.contentDigest(),
        before.lastRefreshTime(),
        before.lastHandledRefreshAt(),
        progress(counts),
        counts,
        documents(preview.documents(), preview.progress().omissions()));
  }

  /** A plan that the status has already stays until the fetch is complete. */
  static KnowledgeSourceStatus fetchingForPreview(KnowledgeSource source, Instant now) {
    var before = before(source);
    return Conditions.hasReason(
            Conditions.ofCurrentGeneration(source), ConditionType.Paused, Reason.DryRun)
        ? before
        : kept(source, before, dryRun(source, FETCHING_FOR_PREVIEW), now);
  }

  /** Keeps the conditions that say that the bot has the documents, and no failure. */
  private static List<ConditionValue> dryRun(KnowledgeSource source, String message) {
    var known =
        Conditions.ofCurrentGeneration(source).stream()
            .filter(condition -> "True".equals(condition.getStatus()))
            .filter(condition -> KEPT_IN_DRY_RUN.contains(condition.getType()))
            .toList();
    return StandardConditions.paused(known, false, Reason.DryRun, message);
  }

  private static String progress(DocumentCounts counts) {
    return counts.accepted() + "/" + counts.desired();
  }

  /** Records the bot from which the deletion has to remove the documents. */
  private static KnowledgeSourceStatus withBot(KnowledgeSourceStatus before, LinkedBot bot) {
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

  /** Returns how long until the documents are stale; null if they never are. */
  static @Nullable Duration untilStale(KnowledgeSource source, Instant now) {
    var maxAge = source.getSpec().maxAge();
    var refreshed = before(source).lastRefreshTime();
    return maxAge == null || refreshed == null
        ? null
        : Duration.between(now, Instant.parse(refreshed).plus(maxAge.toDuration()));
  }

  /**
   * Returns how long the status proves that the documents of a remote source are in the bot and
   * need no reading; zero or less if it does not.
   */
  static Duration untilRefresh(KnowledgeSource source, LinkedBot bot, Instant now) {
    var status = before(source);
    if (!SourceKind.of(source).isRemote()
        || !isSettled(source, status)
        || !bot.botId().equals(status.chatbotId())
        || !bot.connection().origin().equals(status.backend())
        || status.lastRefreshTime() == null) {
      return Duration.ZERO;
    }
    var refreshed = Instant.parse(status.lastRefreshTime());
    if (refreshed.isAfter(now)) {
      return Duration.ZERO;
    }
    var interval = source.getSpec().refreshInterval().toDuration();
    var remaining = Duration.between(now, refreshed.plus(interval));
    var untilStale = untilStale(source, now);
    return untilStale == null || untilStale.compareTo(remaining) > 0 ? remaining : untilStale;
  }

  /** Returns whether nothing is left to do for this spec and this request to refresh. */
  private static boolean isSettled(KnowledgeSource source, KnowledgeSourceStatus status) {
    var conditions = status.conditions();
    return source.getMetadata().getGeneration().equals(status.observedGeneration())
        && Objects.equals(KnowledgeMetadata.refreshRequest(source), status.lastHandledRefreshAt())
        && Conditions.isTrue(conditions, ConditionType.Ready)
        && Conditions.isTrue(conditions, ConditionType.Synced)
        && !Conditions.isTrue(conditions, ConditionType.Paused)
        && !KnowledgeMetadata.isDryRun(source);
  }

  private static KnowledgeSourceStatus kept(
      KnowledgeSource source,
      KnowledgeSourceStatus before,
      List<ConditionValue> values,
      Instant now) {
    return new KnowledgeSourceStatus(
        source.getMetadata().getGeneration(),
        conditions(source, values, before.lastRefreshTime(), now),
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
   * Returns the refresh time. For a source that is read in each reconciliation it is not worth a
   * write each time: it changes with the content, on request, and before it would count as stale. A
   * reading that is unfinished is no refresh.
   */
  private static @Nullable String refreshTime(
      KnowledgeSource source, IngestionResult.Advanced outcome, Instant now) {
    var before = before(source);
    var known = before.lastRefreshTime();
    if (!outcome.progress().omissions().pause().isEmpty()) {
      return known;
    }
    var isAsBefore =
        outcome.progress().contentDigest().equals(before.contentDigest())
            && Objects.equals(
                KnowledgeMetadata.refreshRequest(source), before.lastHandledRefreshAt());
    return known == null
            || !isAsBefore
            || SourceKind.of(source).isRemote()
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

  /** Returns the first documents, and then the first skipped files. */
  private static List<DocumentStatus> documents(
      List<DocumentStatus> documents, Omissions omissions) {
    var skipped =
        omissions.skippedFiles().stream()
            .map(
                file ->
                    new DocumentStatus(file.name(), null, null, DocumentState.SKIPPED, file.why()));
    return Stream.concat(
            bounded(documents.stream(), MOST_DOCUMENTS, MOST_BYTES),
            bounded(skipped, Omissions.MOST_SKIPPED, MOST_BYTES_OF_SKIPPED))
        .toList();
  }

  private static Stream<DocumentStatus> bounded(
      Stream<DocumentStatus> documents, int mostRows, int mostBytes) {
    var bytes = new AtomicInteger();
    return documents
        .limit(mostRows)
        .map(KnowledgeStatusFactory::bounded)
        .takeWhile(
            row ->
                bytes.addAndGet(BYTES_OF_A_ROW + bytes(row.name()) + bytes(row.message()))
                    <= mostBytes);
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
      KnowledgeSource source,
      List<ConditionValue> values,
      @Nullable String refreshed,
      Instant now) {
    var all = new ArrayList<>(values);
    if (isStale(source, refreshed, now)) {
      all.add(KnowledgeConditions.stale());
    }
    return Conditions.merge(
        before(source).conditions(), all, source.getMetadata().getGeneration(), now);
  }

  private static KnowledgeSourceStatus before(KnowledgeSource source) {
    return source.getStatus() == null ? KnowledgeSourceStatus.empty() : source.getStatus();
  }
}
