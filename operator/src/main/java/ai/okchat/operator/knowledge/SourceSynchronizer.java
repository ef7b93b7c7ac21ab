package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.client.KnowledgeDocument;
import ai.okchat.operator.knowledge.ingestion.Ingestion;
import ai.okchat.operator.knowledge.ingestion.Ingestion.Wanted;
import ai.okchat.operator.knowledge.ingestion.IngestionPreview;
import ai.okchat.operator.knowledge.ingestion.KnowledgeListing;
import ai.okchat.operator.knowledge.ingestion.KnowledgeMetadata;
import ai.okchat.operator.knowledge.ingestion.LinkedBot;
import ai.okchat.operator.knowledge.ingestion.Progress;
import ai.okchat.operator.knowledge.ingestion.UploadOnlyIngestion;
import ai.okchat.operator.knowledge.source.Snapshot;
import ai.okchat.operator.knowledge.source.Source;
import ai.okchat.operator.kubernetes.ReconcileLog;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.ConditionValue;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes the documents of a bot match those of a source: reads the source, lists the documents of
 * the bot, and ingests.
 */
final class SourceSynchronizer {

  private static final Duration RECHECK_INTERVAL = Duration.ofSeconds(30);

  private final SourceCache sourceCache;
  private final Ingestion ingestion;
  private final UploadOnlyIngestion uploadOnly;
  private final RetrievalChecks checks;
  private final KnowledgeEvents events;

  SourceSynchronizer(
      SourceCache sourceCache,
      Ingestion ingestion,
      UploadOnlyIngestion uploadOnly,
      RetrievalChecks checks,
      KnowledgeEvents events) {
    this.sourceCache = sourceCache;
    this.ingestion = ingestion;
    this.uploadOnly = uploadOnly;
    this.checks = checks;
    this.events = events;
  }

  IngestionResult synchronize(KnowledgeSource source, LinkedBot bot) {
    var wait = sourceCache.untilFirstRead(source, bot);
    if (wait.isPositive()) {
      return new IngestionResult.Postponed(wait);
    }
    return sourceCache
        .of(source)
        .map(reading -> synchronize(source, bot, reading))
        .orElseGet(IngestionResult.Fetching::new);
  }

  private IngestionResult synchronize(
      KnowledgeSource source, LinkedBot bot, Source.Reading reading) {
    return switch (reading) {
      case Source.Reading.Missing(var failure) -> new IngestionResult.Blocked(failure);
      case Source.Reading.Outdated() -> new IngestionResult.ReadAgain();
      case Source.Reading.Read(var snapshot) -> ingest(source, bot, snapshot);
    };
  }

  private IngestionResult ingest(KnowledgeSource source, LinkedBot bot, Snapshot snapshot) {
    var desired = Wanted.of(source, snapshot);
    return switch (KnowledgeListing.fetch(bot, Ingestion.tag(source))) {
      case KnowledgeListing.NoBot() -> new IngestionResult.Blocked(botMissing(bot));
      case KnowledgeListing.UnsupportedFormat _ ->
          wasListedBefore(source, bot)
              ? new IngestionResult.Blocked(listNotUnderstood())
              : unlisted(source, bot, desired);
      case KnowledgeListing.Listed(var documents) -> listed(source, bot, desired, documents);
    };
  }

  private IngestionResult listed(
      KnowledgeSource source, LinkedBot bot, Wanted desired, List<KnowledgeDocument> documents) {
    if (KnowledgeMetadata.isDryRun(source)) {
      return previewed(source, ingestion.preview(source, bot, desired, documents));
    }
    var advanced = ingestion.advance(source, bot, desired, documents);
    if (advanced.isEmpty()) {
      sourceCache.forget(source);
      return new IngestionResult.ReadAgain();
    }
    var progress = advanced.get();
    ReconcileLog.step(
        source,
        "Ingested",
        () -> Map.of("counts", progress.counts(), "recheck", progress.requeueAfter()));
    var result =
        new IngestionResult.Advanced(
            progress,
            checks.verdict(source, bot, desired.documents(), progress),
            sourceCache.at(source),
            bot.connection().origin(),
            bot.organizationId(),
            isDrift(source, progress));
    recordEvents(source, result);
    sourceCache.finish(source, progress.isSending());
    return result;
  }

  private IngestionResult unlisted(KnowledgeSource source, LinkedBot bot, Wanted desired) {
    if (KnowledgeMetadata.isDryRun(source)) {
      return previewed(source, uploadOnly.preview(source, bot, desired));
    }
    var advanced = uploadOnly.advance(source, bot, desired);
    if (advanced.isEmpty()) {
      sourceCache.forget(source);
      return new IngestionResult.ReadAgain();
    }
    var progress = advanced.get();
    var at = sourceCache.at(source);
    sourceCache.finish(source, progress.isSending());
    return new IngestionResult.Advanced(
        progress,
        new RetrievalResult.ChecksPending(),
        at,
        bot.connection().origin(),
        bot.organizationId(),
        false);
  }

  /** Drops the bytes: the source is read again when the annotation is removed. */
  private IngestionResult previewed(KnowledgeSource source, IngestionPreview preview) {
    sourceCache.finish(source, false);
    var known =
        Conditions.value(Conditions.ofCurrentGeneration(source), ConditionType.Paused)
            .map(ConditionValue::message);
    if (!known.equals(Optional.of(preview.message()))) {
      events.previewed(source, preview.message());
    }
    return new IngestionResult.Previewed(preview);
  }

  private void recordEvents(KnowledgeSource source, IngestionResult.Advanced result) {
    var progress = result.progress();
    if (wasIngested(source, progress)) {
      if (progress.changed()) {
        events.driftFound(source);
      }
    } else if (progress.isIngested()) {
      events.ingested(source, progress);
    }
  }

  /**
   * Returns whether another client removed or changed documents; true until the drift is corrected.
   */
  private static boolean isDrift(KnowledgeSource source, Progress progress) {
    var status = source.getStatus();
    var found = wasIngested(source, progress) && progress.changed();
    var foundBefore =
        status != null
            && Conditions.hasReason(status.conditions(), ConditionType.Synced, Reason.Drifted);
    return !progress.isSettled() && (found || foundBefore);
  }

  private static boolean wasIngested(KnowledgeSource source, Progress progress) {
    var status = source.getStatus();
    return status != null
        && Conditions.isTrue(status.conditions(), ConditionType.Synced)
        && progress.botId().equals(status.chatbotId())
        && Objects.equals(progress.contentDigest(), status.contentDigest());
  }

  /**
   * Returns whether an earlier list could be read. The format may be readable again soon; until
   * then the state of the bot is unknown, and sending all documents again would create each of them
   * twice.
   */
  private static boolean wasListedBefore(KnowledgeSource source, LinkedBot bot) {
    var status = source.getStatus();
    return status != null
        && bot.botId().equals(status.chatbotId())
        && status.counts() != null
        && status.counts().accepted() > 0;
  }

  private static Failure listNotUnderstood() {
    return Failure.waiting(
        Reason.UnsupportedListFormat,
        "The format of the list of documents is no longer supported. The operator uploads and"
            + " removes nothing until it is.",
        RECHECK_INTERVAL);
  }

  private static Failure botMissing(LinkedBot bot) {
    return Failure.waiting(
        Reason.WaitingForChatbot,
        "The backend does not list the bot %s. The operator uploads the documents when it does, or when the Chatbot has another bot."
            .formatted(bot.botId()),
        RECHECK_INTERVAL);
  }
}
