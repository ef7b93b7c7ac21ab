package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.knowledge.ingestion.BatchExecutor;
import ai.okchat.operator.knowledge.ingestion.DocumentUploader;
import ai.okchat.operator.knowledge.ingestion.Ingestion;
import ai.okchat.operator.knowledge.ingestion.KnowledgeListing;
import ai.okchat.operator.knowledge.ingestion.KnowledgeMetadata;
import ai.okchat.operator.knowledge.ingestion.Ledger;
import ai.okchat.operator.knowledge.ingestion.LinkedBot;
import ai.okchat.operator.knowledge.ingestion.RemovedDocuments;
import ai.okchat.operator.knowledge.ingestion.UploadTracker;
import ai.okchat.operator.lifecycle.DeletionTimeout;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import ai.okchat.planning.document.ListedDocument;
import ai.okchat.planning.document.UploadAttempt;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;

/**
 * Removes the documents of a source from its bot, and no others. The verdict is for {@link
 * KnowledgeDeletion}, which reports it and removes the finalizer.
 */
final class DocumentRemoval {

  /**
   * How long the deletion waits for an accepted document that no list shows, so that it does not
   * remain in the bot.
   */
  private static final Duration LATE_ARRIVAL = Duration.ofMinutes(10);

  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration AT_ONCE = Duration.ofMillis(50);

  /** The decision about the finalizer. */
  sealed interface Verdict {

    /**
     * The bot has no document of the source.
     *
     * @param removed how many documents this process removed
     */
    record Release(int removed) implements Verdict {}

    /** The finalizer stays, and the status gives the reason. */
    record Wait(Failure failure) implements Verdict {}
  }

  private final UploadTracker tracker;
  private final Ledger ledger;
  private final BatchExecutor executor;
  private final Clock clock;

  DocumentRemoval(UploadTracker tracker, Ledger ledger, BatchExecutor executor, Clock clock) {
    this.tracker = tracker;
    this.ledger = ledger;
    this.executor = executor;
    this.clock = clock;
  }

  /** Removes one batch of documents. */
  Verdict advance(KnowledgeSource source, LinkedBot bot) {
    return switch (KnowledgeListing.fetch(bot, Ingestion.tag(source))) {
      case KnowledgeListing.NoBot() -> withoutBot(bot);
      case KnowledgeListing.UnsupportedFormat _ -> new Verdict.Wait(listNotUnderstood());
      case KnowledgeListing.Listed(var documents) ->
          remove(source, bot, ListedDocument.ownOf(documents, Ingestion.tag(source)));
    };
  }

  private Verdict remove(KnowledgeSource source, LinkedBot bot, List<ListedDocument> own) {
    var uid = source.getMetadata().getUid();
    var removed = tracker.removed(uid);
    var now = clock.instant();
    var due = removed.map(documents -> documents.without(own, now)).orElse(own);
    if (!due.isEmpty()) {
      var uploader = new DocumentUploader(bot, uid, tracker, new HashMap<>(), clock);
      executor.execute(
          due.stream().<Runnable>map(document -> () -> uploader.remove(document)).toList());
      return new Verdict.Wait(removing(AT_ONCE));
    }
    if (!own.isEmpty()) {
      return new Verdict.Wait(
          removing(removed.flatMap(documents -> documents.poll(now)).orElse(AT_ONCE)));
    }
    return arrivals(source, bot)
        .filter(until -> until.isAfter(now))
        .max(Instant::compareTo)
        .<Verdict>map(until -> new Verdict.Wait(awaiting(min(Duration.between(now, until)))))
        .orElseGet(
            () -> new Verdict.Release(removed.map(RemovedDocuments::takeConfirmed).orElse(0)));
  }

  /** Returns until when documents that were sent may still be listed. */
  private Stream<Instant> arrivals(KnowledgeSource source, LinkedBot bot) {
    var announced =
        KnowledgeMetadata.quietUntil(source, DeletionTimeout.deletedAt(source)).stream();
    var known = tracker.of(source.getMetadata().getUid(), bot.botId());
    var sent =
        known
            .map(UploadTracker.Memory::byKey)
            .orElseGet(() -> ledger.read(source, bot.botId()))
            .values()
            .stream()
            .map(DocumentRemoval::arrival);
    return known.isPresent() ? sent : Stream.concat(announced, sent);
  }

  private static Instant arrival(UploadAttempt attempt) {
    var latest = attempt.at().plus(LATE_ARRIVAL);
    return attempt.awaitedUntil().isBefore(latest) ? attempt.awaitedUntil() : latest;
  }

  /**
   * Confirms that the bot is gone: a single 404 is not enough; the lists of its account have to
   * lack the bot as well.
   */
  private static Verdict withoutBot(LinkedBot bot) {
    var connection = bot.connection();
    var inventory = connection.account().inventory();
    if (inventory.wasDeleted(bot.botId())) {
      return new Verdict.Release(0);
    }
    inventory
        .refresh()
        .ifPresent(
            e -> {
              throw e;
            });
    if (inventory.isInconclusiveAbout(bot.botId())) {
      return new Verdict.Wait(accountUnconfirmed(bot.botId()));
    }
    var interval = connection.pollInterval();
    return inventory.provesAbsent(bot.botId(), bot.organizationId(), interval, false)
        ? new Verdict.Release(0)
        : new Verdict.Wait(botNotListed(interval));
  }

  private static Duration min(Duration remaining) {
    return remaining.compareTo(SOON) < 0 ? remaining : SOON;
  }

  private static Failure removing(Duration requeueAfter) {
    return Failure.waiting(
        Reason.Deleting,
        "The operator removes the documents of this source from the bot.",
        requeueAfter);
  }

  private static Failure awaiting(Duration requeueAfter) {
    return Failure.waiting(
        Reason.Deleting,
        "The backend does not list all uploaded documents yet. The operator removes them when it"
            + " does.",
        requeueAfter);
  }

  private static Failure botNotListed(Duration requeueAfter) {
    return Failure.waiting(
        Reason.Deleting,
        "The backend does not list the bot. The operator reads another list before it considers the"
            + " documents deleted.",
        requeueAfter);
  }

  private static Failure accountUnconfirmed(String botId) {
    return Failure.stalled(
        Reason.AccountChanged,
        "The account lists no bot, so it may be another account than the one with the bot %s."
            .formatted(botId));
  }

  private static Failure listNotUnderstood() {
    return Failure.waiting(
        Reason.UnsupportedListFormat,
        "The format of the backend's list of documents is not supported, so the operator cannot"
            + " remove documents.",
        Duration.ofMinutes(1));
  }
}
