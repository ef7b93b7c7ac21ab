package ai.okchat.operator.knowledge;

import ai.okchat.operator.knowledge.document.Document;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is to be sent and removed so that the backend has each document of the source exactly once.
 * Pure: the same inputs give the same plan.
 *
 * @param accepted documents that the backend lists as they are, with what it lists
 * @param awaited documents that were sent and may still turn up
 * @param failed documents that the backend rejected as they are, or did not confirm several times
 */
record IngestionPlan(
    Map<Document, ListedDocument> accepted,
    List<Document> uploads,
    List<Replacement> replacements,
    Removals removals,
    List<Document> awaited,
    Map<Document, Delivery> failed) {

  /** A document takes the place of a listed one. */
  record Replacement(Document document, ListedDocument replaced) {}

  /**
   * What the spec and the backend allow.
   *
   * @param unusable titles, as far as names go, of files that can not be sent now: what is listed
   *     of them stays
   * @param inPlace whether the backend changes a title when it replaces a document
   * @param quietUntil nothing unknown is sent before: an earlier process may have sent it
   */
  record Rules(
      boolean prune,
      int pruneLimitPercent,
      List<String> unusable,
      boolean inPlace,
      Optional<Instant> quietUntil) {}

  /**
   * Makes the plan.
   *
   * @param deliveries by the key of the title
   */
  static IngestionPlan of(
      Comparison comparison, Map<String, Delivery> deliveries, Rules rules, Instant now) {
    var failed = new LinkedHashMap<Document, Delivery>();
    var awaited = new ArrayList<Document>();
    var unsent = new ArrayList<Document>();
    for (var document : comparison.missing()) {
      var delivery = deliveries.get(document.title().key());
      if (delivery != null && delivery.isFailedStill(now)) {
        failed.put(document, delivery);
      } else if (isAwaited(delivery, rules, now)) {
        awaited.add(document);
      } else {
        unsent.add(document);
      }
    }
    var replacements =
        rules.inPlace() ? Pairing.of(unsent, comparison.obsolete()) : List.<Replacement>of();
    var replacing = replacements.stream().map(Replacement::document).collect(Collectors.toSet());
    var uploads = unsent.stream().filter(it -> !replacing.contains(it)).toList();
    return new IngestionPlan(
        comparison.accepted(),
        uploads,
        replacements,
        Removals.of(comparison, replacements, rules),
        awaited,
        failed);
  }

  /** Whether documents are to be sent, so that their bytes are needed. */
  boolean sends() {
    return !uploads.isEmpty() || !replacements.isEmpty();
  }

  /** Whether nothing is to be done in the backend. */
  boolean isEmpty() {
    return !sends() && removals.all().isEmpty();
  }

  /** Whether there is nothing to do and nothing to wait for. */
  boolean isSettled() {
    return isEmpty() && awaited.isEmpty();
  }

  /** Documents that are on their way or still to be sent. */
  List<Document> pending() {
    var pending = new ArrayList<>(awaited);
    replacements.forEach(it -> pending.add(it.document()));
    pending.addAll(uploads);
    return List.copyOf(pending);
  }

  private static boolean isAwaited(@Nullable Delivery delivery, Rules rules, Instant now) {
    return delivery == null
        ? rules.quietUntil().filter(it -> it.isAfter(now)).isPresent()
        : delivery.isAwaited(now);
  }
}
