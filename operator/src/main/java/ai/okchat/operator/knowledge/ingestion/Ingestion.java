package ai.okchat.operator.knowledge.ingestion;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.api.v1alpha1.KnowledgeSourceStatus;
import ai.okchat.client.KnowledgeDocument;
import ai.okchat.client.OkChatException;
import ai.okchat.operator.knowledge.source.Snapshot;
import ai.okchat.operator.knowledge.source.SourceKind;
import ai.okchat.planning.document.Comparison;
import ai.okchat.planning.document.Document;
import ai.okchat.planning.document.DocumentVersions;
import ai.okchat.planning.document.IngestionPlan;
import ai.okchat.planning.document.IngestionPlan.Rules;
import ai.okchat.planning.document.ListedDocument;
import ai.okchat.planning.document.Omissions;
import ai.okchat.planning.document.RejectedFile;
import ai.okchat.planning.document.SourceTag;
import ai.okchat.planning.document.Titles;
import ai.okchat.planning.document.UploadAttempt;
import ai.okchat.planning.document.UploadAttempt.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Uploads the documents of a source to a bot by comparing them with the list of the backend: one
 * batch per reconciliation, so that the operator notices changes between batches.
 */
public final class Ingestion {

  private static final Duration AT_ONCE = Duration.ofMillis(50);

  private final KnowledgeMetadata metadata;
  private final UploadTracker tracker;
  private final Ledger ledger;
  private final BatchExecutor executor;
  private final Clock clock;

  public Ingestion(
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

  /** The documents of a source that a bot should have. */
  public record Wanted(List<Document> documents, List<RejectedFile> unusable, Omissions omissions) {

    public Wanted(List<Document> documents, List<RejectedFile> unusable) {
      this(documents, unusable, Omissions.NONE);
    }

    public static Wanted of(KnowledgeSource source, Snapshot snapshot) {
      return new Wanted(
          Titles.assign(tag(source), snapshot.documents(), snapshot.unusable()),
          snapshot.unusable(),
          snapshot.omissions());
    }

    /** Returns the names of files that are not in {@code documents} but may be in the bot. */
    List<String> undecided() {
      return Stream.concat(unusable.stream().map(RejectedFile::name), omissions.unread().stream())
          .toList();
    }
  }

  /**
   * Uploads, replaces and removes one batch of documents.
   *
   * @param listed all documents of the source that the bot has
   * @return empty if documents have to be sent whose bytes are no longer available
   */
  public Optional<Progress> advance(
      KnowledgeSource source, LinkedBot bot, Wanted desired, List<KnowledgeDocument> listed) {
    var comparison = compare(source, desired, listed);
    var memory = recall(source, bot, comparison);
    tracker.retryOnRequest(source, memory, clock.instant());
    var plan = plan(source, bot, desired, comparison, memory);
    if (!plan.hasBytes()) {
      return Optional.empty();
    }
    var changes = !plan.isEmpty();
    if (changes) {
      apply(source, bot, plan, memory);
      comparison = compare(source, desired, listAgain(source, bot, memory));
      plan = plan(source, bot, desired, comparison, memory);
    }
    ledger.save(source, memory, lasting(memory));
    return Optional.of(progress(source, bot, desired, plan, memory, changes));
  }

  /** Plans what {@link #advance} would send, and sends nothing. */
  public IngestionPreview preview(
      KnowledgeSource source, LinkedBot bot, Wanted desired, List<KnowledgeDocument> listed) {
    var comparison = compare(source, desired, listed);
    var memory = recall(source, bot, comparison);
    var plan = plan(source, bot, desired, comparison, memory);
    return IngestionPreview.of(progress(source, bot, desired, plan, memory, false), plan);
  }

  /**
   * Lists the documents after a batch. If the new documents make the format of the list
   * unsupported, only the ledger tells a later process what this one sent.
   */
  private List<KnowledgeDocument> listAgain(
      KnowledgeSource source, LinkedBot bot, UploadTracker.Memory memory) {
    try {
      return KnowledgeListing.fetchDocuments(bot, tag(source));
    } catch (OkChatException e) {
      if (e.unknownShape()) {
        ledger.save(source, memory, lasting(memory));
      }
      throw e;
    }
  }

  public static SourceTag tag(KnowledgeSource source) {
    return SourceTag.of(source.getMetadata().getNamespace(), source.getMetadata().getName());
  }

  private Comparison compare(
      KnowledgeSource source, Wanted desired, List<KnowledgeDocument> listed) {
    var own = ListedDocument.ownOf(listed, tag(source));
    var remaining = removed(source).map(removed -> removed.without(own, clock.instant()));
    removed(source).ifPresent(RemovedDocuments::takeConfirmed);
    return Comparison.of(desired.documents(), remaining.orElse(own));
  }

  private Optional<RemovedDocuments> removed(KnowledgeSource source) {
    return tracker.removed(source.getMetadata().getUid());
  }

  /** Returns the known upload attempts; reads the ledger only if documents seem to be missing. */
  private UploadTracker.Memory recall(
      KnowledgeSource source, LinkedBot bot, Comparison comparison) {
    var uid = source.getMetadata().getUid();
    var known = tracker.of(uid, bot.botId());
    if (known.isPresent() || comparison.missing().isEmpty() || isUntouched(source)) {
      return known.orElseGet(
          () -> UploadTracker.Memory.of(bot.botId(), Map.of(), Optional.empty()));
    }
    return tracker.begin(
        uid,
        UploadTracker.Memory.of(
            bot.botId(), ledger.read(source, bot.botId()), quietUntil(source, bot.botId())));
  }

  /**
   * Returns whether no document was ever sent: the metadata announces a batch, and the status
   * reports it.
   */
  private static boolean isUntouched(KnowledgeSource source) {
    return !KnowledgeMetadata.hasFinalizer(source)
        && KnowledgeMetadata.uploadStartedAt(source).isEmpty()
        && isDefault(source.getStatus());
  }

  /** Returns whether the status was never written; the API server fills in its generation. */
  private static boolean isDefault(@Nullable KnowledgeSourceStatus status) {
    return status == null
        || (status.conditions().isEmpty() && Objects.equals(status.observedGeneration(), -1L));
  }

  /**
   * Returns until when documents of a batch of an earlier process may be listed; a batch for
   * another bot does not count.
   */
  private Optional<Instant> quietUntil(KnowledgeSource source, String botId) {
    var status = source.getStatus();
    var otherBot =
        status != null && status.chatbotId() != null && !status.chatbotId().equals(botId);
    return otherBot || tracker.knows(source.getMetadata().getUid())
        ? Optional.empty()
        : KnowledgeMetadata.quietUntil(source, clock.instant());
  }

  private IngestionPlan plan(
      KnowledgeSource source,
      LinkedBot bot,
      Wanted desired,
      Comparison comparison,
      UploadTracker.Memory memory) {
    var now = clock.instant();
    dropListed(comparison, memory, now);
    if (titlesStay(comparison, memory, now)) {
      tracker.keepsTitles(bot.botId());
    }
    var spec = source.getSpec();
    var rules =
        new Rules(
            spec.prune() && desired.omissions().pause().isEmpty(),
            spec.pruneLimitPercent(),
            desired.undecided().stream()
                .flatMap(name -> Titles.possibleNames(name).stream())
                .toList(),
            tracker.replacesInPlace(bot.botId()),
            memory.quietUntil());
    return IngestionPlan.of(comparison, memory.byKey(), rules, now);
  }

  /** Drops the attempts of documents that are listed, or that the source no longer has. */
  private static void dropListed(Comparison comparison, UploadTracker.Memory memory, Instant now) {
    if (memory.byKey().isEmpty()) {
      return;
    }
    var missing =
        comparison.missing().stream()
            .map(document -> document.title().key())
            .collect(Collectors.toSet());
    memory
        .byKey()
        .entrySet()
        .removeIf(entry -> !missing.contains(entry.getKey()) && !entry.getValue().isAwaited(now));
    comparison
        .accepted()
        .keySet()
        .forEach(document -> memory.byKey().remove(document.title().key()));
  }

  /**
   * Returns whether a replaced document is still listed under its old title after the time for
   * replacing.
   */
  private static boolean titlesStay(
      Comparison comparison, UploadTracker.Memory memory, Instant now) {
    if (comparison.obsolete().isEmpty()) {
      return false;
    }
    var replaced =
        comparison.missing().stream()
            .filter(
                document -> {
                  var attempt = memory.byKey().get(document.title().key());
                  return attempt != null
                      && attempt.outcome() == Outcome.REPLACED
                      && !attempt.isAwaited(now);
                })
            .toList();
    return comparison.obsolete().stream().anyMatch(DocumentVersions.of(replaced)::include);
  }

  private void apply(
      KnowledgeSource source, LinkedBot bot, IngestionPlan plan, UploadTracker.Memory memory) {
    var uid = source.getMetadata().getUid();
    var uploader = new DocumentUploader(bot, uid, tracker, memory.byKey(), clock);
    var calls = new ArrayDeque<Runnable>();
    plan.replacements().forEach(replacement -> calls.add(() -> uploader.replace(replacement)));
    plan.uploads().forEach(document -> calls.add(() -> uploader.upload(document)));
    if (plan.sends()) {
      tracker.begin(uid, memory);
    }
    if (!plan.uploads().isEmpty()
        && tracker.isUnknown(bot.botId())
        && KnowledgeMetadata.hasFinalizer(source)) {
      // One probe without a write of the object: otherwise each attempt would write it.
      calls.removeLast().run();
    }
    if (!calls.isEmpty() || !KnowledgeMetadata.hasFinalizer(source)) {
      metadata.announce(source, clock.instant());
    }
    executor.execute(calls);
    uploader.requireConclusiveResponse();
    executor.execute(
        plan.removals().all().stream()
            .<Runnable>map(document -> () -> uploader.remove(document))
            .toList());
  }

  /** Returns the attempts that another process has to know. */
  private static Map<String, UploadAttempt> lasting(UploadTracker.Memory memory) {
    return memory.byKey().entrySet().stream()
        .filter(
            entry ->
                entry.getValue().isFailed() || entry.getValue().outcome() == Outcome.ACKNOWLEDGED)
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private Progress progress(
      KnowledgeSource source,
      LinkedBot bot,
      Wanted desired,
      IngestionPlan plan,
      UploadTracker.Memory memory,
      boolean changes) {
    var awaited =
        plan.awaited().stream()
            .map(document -> Optional.ofNullable(memory.byKey().get(document.title().key())))
            .toList();
    var now = clock.instant();
    return new Progress(
        bot.botId(),
        Progress.contentDigest(desired.documents()),
        Progress.documents(plan, desired.unusable(), desired.omissions()),
        plan.removals().overLimit(),
        true,
        awaited.stream().flatMap(Optional::stream).anyMatch(attempt -> attempt.isLate(now)),
        changes,
        plan.isEmpty()
            ? poll(awaited, memory, removed(source).flatMap(removed -> removed.poll(now)), now)
            : AT_ONCE,
        desired.omissions(),
        SourceKind.of(source).failedLimitPercent());
  }

  private static Duration poll(
      Collection<Optional<UploadAttempt>> awaited,
      UploadTracker.Memory memory,
      Optional<Duration> removals,
      Instant now) {
    var arrivals =
        awaited.stream()
            .map(
                attempt ->
                    attempt
                        .map(known -> known.poll(now))
                        .orElseGet(() -> Duration.between(now, memory.quietUntil().orElse(now))));
    return Stream.concat(arrivals, removals.stream())
        .min(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }
}
