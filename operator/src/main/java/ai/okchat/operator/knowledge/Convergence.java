package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.knowledge.Ingestion.Wanted;
import ai.okchat.operator.knowledge.source.Snapshot;
import ai.okchat.operator.knowledge.source.Source;
import ai.okchat.operator.okchat.KnowledgeDocument;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Decision;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Makes a bot's documents match those of a source: reads the source, asks the bot, ingests. */
final class Convergence {

  private static final Duration UNTIL_IT_IS_BACK = Duration.ofSeconds(30);

  private final Readings readings;
  private final Ingestion ingestion;
  private final BlindIngestion blind;
  private final RetrievalChecks checks;
  private final KnowledgeEvents events;

  Convergence(
      Readings readings,
      Ingestion ingestion,
      BlindIngestion blind,
      RetrievalChecks checks,
      KnowledgeEvents events) {
    this.readings = readings;
    this.ingestion = ingestion;
    this.blind = blind;
    this.checks = checks;
    this.events = events;
  }

  Outcome converge(KnowledgeSource source, BotLink.Linked bot) {
    return readings
        .of(source)
        .map(reading -> converge(source, bot, reading))
        .orElseGet(Outcome.Fetching::new);
  }

  private Outcome converge(KnowledgeSource source, BotLink.Linked bot, Source.Reading reading) {
    return switch (reading) {
      case Source.Reading.Missing(var failure) -> new Outcome.Held(failure);
      case Source.Reading.Outdated() -> new Outcome.ReadAgain();
      case Source.Reading.Read(var snapshot) -> ingest(source, bot, snapshot);
    };
  }

  private Outcome ingest(KnowledgeSource source, BotLink.Linked bot, Snapshot snapshot) {
    var wanted = Wanted.of(source, snapshot);
    return switch (Listing.of(bot)) {
      case Listing.NoBot() -> new Outcome.Held(botMissing(bot));
      case Listing.NotUnderstood _ ->
          wasListedBefore(source, bot)
              ? new Outcome.Held(listNotUnderstood())
              : unlisted(source, bot, wanted);
      case Listing.Understood(var documents) -> listed(source, bot, wanted, documents);
    };
  }

  private Outcome listed(
      KnowledgeSource source,
      BotLink.Linked bot,
      Wanted wanted,
      List<KnowledgeDocument> documents) {
    var advanced = ingestion.advance(source, bot, wanted, documents);
    if (advanced.isEmpty()) {
      readings.forget(source);
      return new Outcome.ReadAgain();
    }
    var progress = advanced.get();
    Decision.explain(
        source,
        "Ingested",
        () -> Map.of("counts", progress.counts(), "recheck", progress.recheck()));
    var outcome =
        new Outcome.Advanced(
            progress,
            checks.verdict(source, bot, wanted.documents(), progress),
            readings.at(source),
            bot.connection().origin(),
            bot.organizationId(),
            isDrift(source, progress));
    tell(source, outcome);
    readings.finish(source, progress.isSending());
    return outcome;
  }

  private Outcome unlisted(KnowledgeSource source, BotLink.Linked bot, Wanted wanted) {
    var advanced = blind.advance(source, bot, wanted);
    if (advanced.isEmpty()) {
      readings.forget(source);
      return new Outcome.ReadAgain();
    }
    var progress = advanced.get();
    var at = readings.at(source);
    readings.finish(source, progress.isSending());
    return new Outcome.Advanced(
        progress,
        new Retrieval.NotAsked(),
        at,
        bot.connection().origin(),
        bot.organizationId(),
        false);
  }

  private void tell(KnowledgeSource source, Outcome.Advanced outcome) {
    var progress = outcome.progress();
    if (wasIngested(source, progress)) {
      if (progress.changed()) {
        events.driftFound(source);
      }
    } else if (progress.isIngested()) {
      events.ingested(source, progress);
    }
  }

  /** Stays until what was taken or changed is put right. */
  private static boolean isDrift(KnowledgeSource source, Progress progress) {
    var status = source.getStatus();
    var found = wasIngested(source, progress) && progress.changed();
    var foundBefore =
        status != null && Conditions.isTrue(status.conditions(), ConditionType.DriftDetected);
    return !progress.isSettled() && (found || foundBefore);
  }

  private static boolean wasIngested(KnowledgeSource source, Progress progress) {
    var status = source.getStatus();
    return status != null
        && Conditions.isTrue(status.conditions(), ConditionType.Ingested)
        && progress.botId().equals(status.chatbotId())
        && Objects.equals(progress.contentDigest(), status.contentDigest());
  }

  /**
   * A list that could be read before may be readable again soon. Until then nobody knows what the
   * bot has, and to send everything again would leave it all there twice.
   */
  private static boolean wasListedBefore(KnowledgeSource source, BotLink.Linked bot) {
    var status = source.getStatus();
    return status != null
        && bot.botId().equals(status.chatbotId())
        && status.counts() != null
        && status.counts().accepted() > 0;
  }

  private static Failure listNotUnderstood() {
    return Failure.waiting(
        Reason.ListNotUnderstood,
        "The backend's list of documents can not be understood any more. Nothing is sent or removed"
            + " until it can.",
        UNTIL_IT_IS_BACK);
  }

  private static Failure botMissing(BotLink.Linked bot) {
    return Failure.waiting(
        Reason.WaitingForChatbot,
        "The backend does not show the bot %s at present; the documents follow when it is back, or another has taken its place."
            .formatted(bot.botId()),
        UNTIL_IT_IS_BACK);
  }
}
