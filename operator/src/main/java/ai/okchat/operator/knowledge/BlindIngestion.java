package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.DocumentState;
import ai.okchat.api.v1alpha1.DocumentStatus;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.knowledge.Delivery.Outcome;
import ai.okchat.operator.knowledge.Ingestion.Wanted;
import ai.okchat.operator.knowledge.document.Document;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings documents into a bot whose list can not be understood. Each content is sent once, by the
 * ledger alone, and nothing is removed: that would take an id.
 *
 * <p>The ledger is written before each few documents, so that a crash leaves at most these in
 * doubt; what is in doubt counts as sent.
 */
final class BlindIngestion {

  private static final int AT_A_TIME = 8;
  private static final Duration AT_ONCE = Duration.ofMillis(50);
  private static final Duration UNTIL_THE_LIST_MAY_BE_READABLE = Duration.ofMinutes(10);

  private final KnowledgeMetadata metadata;
  private final Deliveries deliveries;
  private final Ledger ledger;
  private final Sending sending;
  private final Clock clock;

  BlindIngestion(
      KnowledgeMetadata metadata,
      Deliveries deliveries,
      Ledger ledger,
      Sending sending,
      Clock clock) {
    this.metadata = metadata;
    this.deliveries = deliveries;
    this.ledger = ledger;
    this.sending = sending;
    this.clock = clock;
  }

  /**
   * One small batch.
   *
   * @return empty where documents are to be sent whose bytes are not at hand any more
   */
  Optional<Progress> advance(KnowledgeSource source, BotLink.Linked bot, Wanted wanted) {
    var memory = recall(source, bot);
    var now = clock.instant();
    deliveries.retryOnRequest(source, memory, now);
    var unsent =
        wanted.documents().stream()
            .filter(document -> isUnsent(memory.byKey().get(document.title().key()), now))
            .toList();
    if (!unsent.isEmpty() && !wanted.hasContent()) {
      return Optional.empty();
    }
    var batch = unsent.subList(0, Math.min(AT_A_TIME, unsent.size()));
    if (!batch.isEmpty()) {
      send(source, bot, memory, batch);
    }
    return Optional.of(sent(bot, wanted, memory, unsent.size() > batch.size()));
  }

  /** A document that the backend rejected does not exist there, so it may be sent again. */
  private static boolean isUnsent(@Nullable Delivery delivery, Instant now) {
    return delivery == null || (delivery.isRejected() && !delivery.isFailedStill(now));
  }

  private Deliveries.Memory recall(KnowledgeSource source, BotLink.Linked bot) {
    var uid = source.getMetadata().getUid();
    return deliveries
        .of(uid, bot.botId())
        .orElseGet(
            () ->
                deliveries.begin(
                    uid,
                    Deliveries.Memory.of(
                        bot.botId(), ledger.read(source, bot.botId()), Optional.empty())));
  }

  private void send(
      KnowledgeSource source, BotLink.Linked bot, Deliveries.Memory memory, List<Document> batch) {
    if (!KnowledgeMetadata.isHeld(source)) {
      metadata.announce(source, clock.instant());
    }
    var intended = new HashMap<>(memory.byKey());
    batch.forEach(
        it -> intended.put(it.title().key(), Delivery.of(Outcome.UNCERTAIN, clock.instant())));
    ledger.save(source, memory, intended);
    var uid = source.getMetadata().getUid();
    var courier = new Courier(bot, uid, deliveries, memory.byKey(), clock);
    try {
      sending.carryOut(batch.stream().<Runnable>map(it -> () -> courier.upload(it)).toList());
      courier.requireConclusiveResponse();
    } finally {
      ledger.save(source, memory, Map.copyOf(memory.byKey()));
    }
  }

  private Progress sent(BotLink.Linked bot, Wanted wanted, Deliveries.Memory memory, boolean more) {
    var pending = new ArrayList<Document>();
    var failed = new ArrayList<DocumentStatus>();
    wanted
        .unusable()
        .forEach(
            it ->
                failed.add(
                    new DocumentStatus(it.name(), null, null, DocumentState.FAILED, it.why())));
    for (var document : wanted.documents()) {
      var delivery = memory.byKey().get(document.title().key());
      if (delivery != null && delivery.isRejected()) {
        failed.add(Progress.failed(document, null, delivery.message()));
      } else {
        pending.add(document);
      }
    }
    return progress(bot, wanted, pending, failed, more);
  }

  private static Progress progress(
      BotLink.Linked bot,
      Wanted wanted,
      List<Document> pending,
      List<DocumentStatus> failed,
      boolean more) {
    return new Progress(
        bot.botId(),
        Progress.contentDigest(wanted.documents()),
        Progress.ordered(failed, pending.stream().map(Progress::pending).toList(), List.of()),
        0,
        false,
        false,
        more,
        more ? AT_ONCE : UNTIL_THE_LIST_MAY_BE_READABLE);
  }
}
