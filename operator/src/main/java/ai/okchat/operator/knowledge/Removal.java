package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;

/**
 * Removes the documents of a source from its bot, and only these. Says what may happen to the
 * object then, and leaves that to {@link Deletion}.
 */
final class Removal {

  /** How long an accepted document is waited for that no list shows: it would stay behind. */
  private static final Duration LATE_ARRIVAL = Duration.ofMinutes(10);

  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration AT_ONCE = Duration.ofMillis(50);

  /** What may happen to the object now. */
  sealed interface Verdict {

    /**
     * Nothing of ours is left in the backend.
     *
     * @param removed how many documents this process removed
     */
    record Release(int removed) implements Verdict {}

    /** Not yet; the object stays and says why. */
    record Wait(Failure failure) implements Verdict {}
  }

  private final Deliveries deliveries;
  private final Ledger ledger;
  private final Sending sending;
  private final Clock clock;

  Removal(Deliveries deliveries, Ledger ledger, Sending sending, Clock clock) {
    this.deliveries = deliveries;
    this.ledger = ledger;
    this.sending = sending;
    this.clock = clock;
  }

  /** One batch. */
  Verdict advance(KnowledgeSource source, BotLink.Linked bot) {
    return switch (Listing.of(bot)) {
      case Listing.NoBot() -> withoutBot(bot);
      case Listing.NotUnderstood _ -> new Verdict.Wait(listNotUnderstood());
      case Listing.Understood(var documents) ->
          remove(source, bot, ListedDocument.ownOf(documents, Ingestion.tag(source)));
    };
  }

  private Verdict remove(KnowledgeSource source, BotLink.Linked bot, List<ListedDocument> own) {
    var uid = source.getMetadata().getUid();
    var removed = deliveries.removed(uid);
    var now = clock.instant();
    var due = removed.map(documents -> documents.without(own, now)).orElse(own);
    if (!due.isEmpty()) {
      var courier = new Courier(bot, uid, deliveries, new HashMap<>(), clock);
      sending.carryOut(
          due.stream().<Runnable>map(document -> () -> courier.remove(document)).toList());
      return new Verdict.Wait(removing(AT_ONCE));
    }
    if (!own.isEmpty()) {
      return new Verdict.Wait(
          removing(removed.flatMap(documents -> documents.poll(now)).orElse(AT_ONCE)));
    }
    return arrivals(source, bot)
        .filter(it -> it.isAfter(now))
        .max(Instant::compareTo)
        .<Verdict>map(it -> new Verdict.Wait(awaiting(min(Duration.between(now, it)))))
        .orElseGet(
            () -> new Verdict.Release(removed.map(RemovedDocuments::takeConfirmed).orElse(0)));
  }

  /** Until when documents may turn up that were sent. */
  private Stream<Instant> arrivals(KnowledgeSource source, BotLink.Linked bot) {
    var announced = KnowledgeMetadata.quietUntil(source, deletedAt(source)).stream();
    var known = deliveries.of(source.getMetadata().getUid(), bot.botId());
    var sent =
        known
            .map(Deliveries.Memory::byKey)
            .orElseGet(() -> ledger.read(source, bot.botId()))
            .values()
            .stream()
            .map(Removal::arrival);
    return known.isPresent() ? sent : Stream.concat(announced, sent);
  }

  /** Nothing was sent after that. */
  private static Instant deletedAt(KnowledgeSource source) {
    return Instant.parse(source.getMetadata().getDeletionTimestamp());
  }

  private static Instant arrival(Delivery delivery) {
    var latest = delivery.at().plus(LATE_ARRIVAL);
    return delivery.awaitedUntil().isBefore(latest) ? delivery.awaitedUntil() : latest;
  }

  /** A single 404 proves nothing; the lists of its account have to lack the bot as well. */
  private static Verdict withoutBot(BotLink.Linked bot) {
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
      return new Verdict.Wait(accountUnproved(bot.botId()));
    }
    var interval = connection.pollInterval();
    return inventory.provesAbsent(bot.botId(), bot.organizationId(), interval, false)
        ? new Verdict.Release(0)
        : new Verdict.Wait(botUnseen(interval));
  }

  private static Duration min(Duration left) {
    return left.compareTo(SOON) < 0 ? left : SOON;
  }

  private static Failure removing(Duration recheck) {
    return Failure.waiting(
        Reason.Deleting, "The documents of this source are being removed from the bot.", recheck);
  }

  private static Failure awaiting(Duration recheck) {
    return Failure.waiting(
        Reason.Deleting,
        "Documents that were sent are not listed yet; they are waited for, so that they can be"
            + " removed.",
        recheck);
  }

  private static Failure botUnseen(Duration recheck) {
    return Failure.waiting(
        Reason.Deleting,
        "The backend does not show the bot. It is looked for once more before the documents count"
            + " as gone with it.",
        recheck);
  }

  private static Failure accountUnproved(String botId) {
    return Failure.stalled(
        Reason.AccountChanged,
        "The account lists no bot, so it may be another account than the one with the bot %s."
            .formatted(botId));
  }

  private static Failure listNotUnderstood() {
    return Failure.waiting(
        Reason.ListNotUnderstood,
        "The backend's list of documents can not be understood, and none is removed without an id"
            + " from it.",
        Duration.ofMinutes(1));
  }
}
