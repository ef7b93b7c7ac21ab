package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.api.v1alpha1.KnowledgeSourceStatus;
import ai.okchat.operator.knowledge.Delivery.Outcome;
import ai.okchat.operator.knowledge.IngestionPlan.Rules;
import ai.okchat.operator.knowledge.document.Document;
import ai.okchat.operator.knowledge.document.SourceTag;
import ai.okchat.operator.knowledge.document.Titles;
import ai.okchat.operator.knowledge.document.Unusable;
import ai.okchat.operator.knowledge.source.Snapshot;
import ai.okchat.operator.okchat.KnowledgeDocument;
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
 * Brings the documents of a source into a bot, by the bot's list: one batch in a pass, so that what
 * changes meanwhile is noticed.
 */
final class Ingestion {

  private static final Duration AT_ONCE = Duration.ofMillis(50);

  private final KnowledgeMetadata metadata;
  private final Deliveries deliveries;
  private final Ledger ledger;
  private final Sending sending;
  private final Clock clock;

  Ingestion(
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

  /** What of a source shall be in a bot. */
  record Wanted(List<Document> documents, List<Unusable> unusable, boolean hasContent) {

    static Wanted of(KnowledgeSource source, Snapshot snapshot) {
      return new Wanted(
          Titles.assign(tag(source), snapshot.documents()),
          snapshot.unusable(),
          snapshot.hasContent());
    }
  }

  /**
   * One batch.
   *
   * @param listed all documents of the bot
   * @return empty where documents are to be sent whose bytes are not at hand any more
   */
  Optional<Progress> advance(
      KnowledgeSource source, BotLink.Linked bot, Wanted wanted, List<KnowledgeDocument> listed) {
    var comparison = compare(source, wanted, listed);
    var memory = recall(source, bot, comparison);
    deliveries.retryOnRequest(source, memory, clock.instant());
    var plan = plan(source, bot, wanted, comparison, memory);
    if (plan.sends() && !wanted.hasContent()) {
      return Optional.empty();
    }
    var changes = !plan.isEmpty();
    if (changes) {
      carryOut(source, bot, plan, memory);
      comparison = compare(source, wanted, Listing.now(bot));
      plan = plan(source, bot, wanted, comparison, memory);
    }
    ledger.save(source, memory, lasting(memory));
    return Optional.of(progress(source, bot, wanted, plan, memory, changes));
  }

  static SourceTag tag(KnowledgeSource source) {
    return SourceTag.of(source.getMetadata().getNamespace(), source.getMetadata().getName());
  }

  private Comparison compare(
      KnowledgeSource source, Wanted wanted, List<KnowledgeDocument> listed) {
    var own = ListedDocument.ownOf(listed, tag(source));
    var staying = removed(source).map(removed -> removed.without(own, clock.instant()));
    removed(source).ifPresent(RemovedDocuments::takeConfirmed);
    return Comparison.of(wanted.documents(), staying.orElse(own));
  }

  private Optional<RemovedDocuments> removed(KnowledgeSource source) {
    return deliveries.removed(source.getMetadata().getUid());
  }

  /** What was sent before; read from the ledger only where something seems to be missing. */
  private Deliveries.Memory recall(
      KnowledgeSource source, BotLink.Linked bot, Comparison comparison) {
    var uid = source.getMetadata().getUid();
    var known = deliveries.of(uid, bot.botId());
    if (known.isPresent() || comparison.missing().isEmpty() || isUntouched(source)) {
      return known.orElseGet(() -> Deliveries.Memory.of(bot.botId(), Map.of(), Optional.empty()));
    }
    return deliveries.begin(
        uid,
        Deliveries.Memory.of(
            bot.botId(), ledger.read(source, bot.botId()), quietUntil(source, bot.botId())));
  }

  /** Nothing was ever sent of it: that is announced on the object before, and reported after. */
  private static boolean isUntouched(KnowledgeSource source) {
    return !KnowledgeMetadata.isHeld(source)
        && KnowledgeMetadata.sendingSince(source).isEmpty()
        && isDefault(source.getStatus());
  }

  /** The API server fills in the generation of a status that nobody has written. */
  private static boolean isDefault(@Nullable KnowledgeSourceStatus status) {
    return status == null
        || (status.conditions().isEmpty() && Objects.equals(status.observedGeneration(), -1L));
  }

  /** An earlier process had begun a batch; of another bot it means nothing. */
  private Optional<Instant> quietUntil(KnowledgeSource source, String botId) {
    var status = source.getStatus();
    var otherBot =
        status != null && status.chatbotId() != null && !status.chatbotId().equals(botId);
    return otherBot || deliveries.knows(source.getMetadata().getUid())
        ? Optional.empty()
        : KnowledgeMetadata.quietUntil(source, clock.instant());
  }

  private IngestionPlan plan(
      KnowledgeSource source,
      BotLink.Linked bot,
      Wanted wanted,
      Comparison comparison,
      Deliveries.Memory memory) {
    var now = clock.instant();
    noteListed(comparison, memory, now);
    if (titlesStay(comparison, memory, now)) {
      deliveries.keepsTitles(bot.botId());
    }
    var spec = source.getSpec();
    var rules =
        new Rules(
            spec.prune(),
            spec.pruneLimitPercent(),
            wanted.unusable().stream().map(it -> Titles.safeName(it.name())).toList(),
            deliveries.replacesInPlace(bot.botId()),
            memory.quietUntil());
    return IngestionPlan.of(comparison, memory.byKey(), rules, now);
  }

  /** What is listed needs no memory, and neither does what the source has no more. */
  private static void noteListed(Comparison comparison, Deliveries.Memory memory, Instant now) {
    if (memory.byKey().isEmpty()) {
      return;
    }
    var missing =
        comparison.missing().stream().map(it -> it.title().key()).collect(Collectors.toSet());
    memory
        .byKey()
        .entrySet()
        .removeIf(it -> !missing.contains(it.getKey()) && !it.getValue().isAwaited(now));
    comparison.accepted().keySet().forEach(it -> memory.byKey().remove(it.title().key()));
  }

  /** A replaced document is listed under its old title still, after more than a moment. */
  private static boolean titlesStay(Comparison comparison, Deliveries.Memory memory, Instant now) {
    if (comparison.obsolete().isEmpty()) {
      return false;
    }
    var replaced =
        comparison.missing().stream()
            .filter(
                it -> {
                  var delivery = memory.byKey().get(it.title().key());
                  return delivery != null
                      && delivery.outcome() == Outcome.REPLACED
                      && !delivery.isAwaited(now);
                })
            .toList();
    return comparison.obsolete().stream().anyMatch(Versions.of(replaced)::include);
  }

  private void carryOut(
      KnowledgeSource source, BotLink.Linked bot, IngestionPlan plan, Deliveries.Memory memory) {
    var uid = source.getMetadata().getUid();
    var courier = new Courier(bot, uid, deliveries, memory.byKey(), clock);
    var calls = new ArrayDeque<Runnable>();
    plan.replacements().forEach(replacement -> calls.add(() -> courier.replace(replacement)));
    plan.uploads().forEach(document -> calls.add(() -> courier.upload(document)));
    if (plan.sends()) {
      deliveries.begin(uid, memory);
    }
    if (!plan.uploads().isEmpty()
        && deliveries.isUnknown(bot.botId())
        && KnowledgeMetadata.isHeld(source)) {
      // One probe, which triggers no object: each attempt would be a write of the object.
      calls.removeLast().run();
    }
    if (!calls.isEmpty() || !KnowledgeMetadata.isHeld(source)) {
      metadata.announce(source, clock.instant());
    }
    sending.carryOut(calls);
    courier.requireConclusiveResponse();
    sending.carryOut(
        plan.removals().all().stream()
            .<Runnable>map(document -> () -> courier.remove(document))
            .toList());
  }

  /** What another process would have to know. */
  private static Map<String, Delivery> lasting(Deliveries.Memory memory) {
    return memory.byKey().entrySet().stream()
        .filter(it -> it.getValue().isFailed() || it.getValue().outcome() == Outcome.ACKNOWLEDGED)
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private Progress progress(
      KnowledgeSource source,
      BotLink.Linked bot,
      Wanted wanted,
      IngestionPlan plan,
      Deliveries.Memory memory,
      boolean changes) {
    var awaited =
        plan.awaited().stream()
            .map(it -> Optional.ofNullable(memory.byKey().get(it.title().key())))
            .toList();
    var now = clock.instant();
    return new Progress(
        bot.botId(),
        Progress.contentDigest(wanted.documents()),
        Progress.documents(plan, wanted.unusable()),
        plan.removals().overLimit(),
        true,
        awaited.stream().flatMap(Optional::stream).anyMatch(it -> it.isLate(now)),
        changes,
        plan.isEmpty()
            ? poll(awaited, memory, removed(source).flatMap(removed -> removed.poll(now)), now)
            : AT_ONCE);
  }

  private static Duration poll(
      Collection<Optional<Delivery>> awaited,
      Deliveries.Memory memory,
      Optional<Duration> removals,
      Instant now) {
    var arrivals =
        awaited.stream()
            .map(
                it ->
                    it.map(delivery -> delivery.poll(now))
                        .orElseGet(() -> Duration.between(now, memory.quietUntil().orElse(now))));
    return Stream.concat(arrivals, removals.stream())
        .min(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }
}
