package ai.okchat.operator.knowledge.ingestion;

import ai.okchat.api.v1alpha1.DocumentState;
import ai.okchat.api.v1alpha1.DocumentStatus;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.knowledge.ingestion.Ingestion.Wanted;
import ai.okchat.operator.knowledge.source.SourceKind;
import ai.okchat.planning.document.Document;
import ai.okchat.planning.document.UploadAttempt;
import ai.okchat.planning.document.UploadAttempt.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Uploads documents to a bot whose list has an unsupported format. Each content is sent once, by
 * the ledger alone, and nothing is removed: a removal needs an ID.
 *
 * <p>The ledger is written before each batch of a few documents, so that at most these are
 * uncertain after a crash; an uncertain document counts as sent.
 */
public final class UploadOnlyIngestion {

  private static final int AT_A_TIME = 8;
  private static final Duration AT_ONCE = Duration.ofMillis(50);
  private static final Duration LIST_RETRY_INTERVAL = Duration.ofMinutes(10);

  private final KnowledgeMetadata metadata;
  private final UploadTracker tracker;
  private final Ledger ledger;
  private final BatchExecutor executor;
  private final Clock clock;

  public UploadOnlyIngestion(
      KnowledgeMetadata metadata,
      UploadTracker tracker,
      Ledger ledger,
      BatchExecutor executor,
      Clock clock) {
    this.metadata = metadata;
    this.tracker = tracker;
    this.ledger = ledger;
    this.executor = executor;
    this.clock = clock;
  }

  /**
   * Uploads one small batch.
   *
   * @return empty if documents have to be sent whose bytes are no longer available
   */
  public Optional<Progress> advance(KnowledgeSource source, LinkedBot bot, Wanted desired) {
    var memory = recall(source, bot);
    var now = clock.instant();
    tracker.retryOnRequest(source, memory, now);
    var unsent = unsent(desired, memory, now);
    if (!unsent.stream().allMatch(document -> document.content().hasBytes())) {
      return Optional.empty();
    }
    var batch = unsent.subList(0, Math.min(AT_A_TIME, unsent.size()));
    if (!batch.isEmpty()) {
      send(source, bot, memory, batch);
    }
    return Optional.of(sent(source, bot, desired, memory, unsent.size() > batch.size()));
  }

  /** Plans what {@link #advance} would send, and sends nothing. */
  public IngestionPreview preview(KnowledgeSource source, LinkedBot bot, Wanted desired) {
    var memory = recall(source, bot);
    return IngestionPreview.of(
        sent(source, bot, desired, memory, false),
        unsent(desired, memory, clock.instant()),
        List.of(),
        List.of());
  }

  private static List<Document> unsent(Wanted desired, UploadTracker.Memory memory, Instant now) {
    return desired.documents().stream()
        .filter(document -> isUnsent(memory.byKey().get(document.title().key()), now))
        .toList();
  }

  /**
   * Returns whether the document may be sent; one that the backend rejected does not exist there.
   */
  private static boolean isUnsent(@Nullable UploadAttempt attempt, Instant now) {
    return attempt == null || (attempt.isRejected() && !attempt.isFailedStill(now));
  }

  private UploadTracker.Memory recall(KnowledgeSource source, LinkedBot bot) {
    var uid = source.getMetadata().getUid();
    return tracker
        .of(uid, bot.botId())
        .orElseGet(
            () ->
                tracker.begin(
                    uid,
                    UploadTracker.Memory.of(
                        bot.botId(), ledger.read(source, bot.botId()), Optional.empty())));
  }

  private void send(
      KnowledgeSource source, LinkedBot bot, UploadTracker.Memory memory, List<Document> batch) {
    if (!KnowledgeMetadata.hasFinalizer(source)) {
      metadata.announce(source, clock.instant());
    }
    var intended = new HashMap<>(memory.byKey());
    batch.forEach(
        document ->
            intended.put(
                document.title().key(), UploadAttempt.of(Outcome.UNCERTAIN, clock.instant())));
    ledger.save(source, memory, intended);
    var uid = source.getMetadata().getUid();
    var uploader = new DocumentUploader(bot, uid, tracker, memory.byKey(), clock);
    try {
      executor.execute(
          batch.stream().<Runnable>map(document -> () -> uploader.upload(document)).toList());
      uploader.requireConclusiveResponse();
    } finally {
      ledger.save(source, memory, Map.copyOf(memory.byKey()));
    }
  }

  private static Progress sent(
      KnowledgeSource source,
      LinkedBot bot,
      Wanted desired,
      UploadTracker.Memory memory,
      boolean more) {
    var pending = new ArrayList<Document>();
    var failed = new ArrayList<DocumentStatus>();
    desired
        .unusable()
        .forEach(
            file ->
                failed.add(
                    new DocumentStatus(file.name(), null, null, DocumentState.FAILED, file.why())));
    for (var document : desired.documents()) {
      var attempt = memory.byKey().get(document.title().key());
      if (attempt != null && attempt.isRejected()) {
        failed.add(Progress.failed(document, null, attempt.message()));
      } else {
        pending.add(document);
      }
    }
    var rows =
        Stream.concat(
            pending.stream().map(Progress::pending),
            desired.omissions().unread().stream().map(Progress::unread));
    return new Progress(
        bot.botId(),
        Progress.contentDigest(desired.documents()),
        Progress.ordered(failed, rows.toList(), List.of()),
        0,
        false,
        false,
        more,
        more ? AT_ONCE : LIST_RETRY_INTERVAL,
        desired.omissions(),
        SourceKind.of(source).failedLimitPercent());
  }
}
