package ai.okchat.planning.document;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The uploads, replacements and removals after which the backend has each document of the source
 * exactly once. Pure: the same inputs give the same plan.
 *
 * @param accepted documents that the backend lists unchanged, with the listed copy
 * @param awaited documents that were sent and may still be listed
 * @param failed documents that the backend rejected, or did not confirm several times
 */
public record IngestionPlan(
    Map<Document, ListedDocument> accepted,
    List<Document> uploads,
    List<Replacement> replacements,
    PrunePlan removals,
    List<Document> awaited,
    Map<Document, UploadAttempt> failed) {

  /** A document that replaces a listed one. */
  public record Replacement(Document document, ListedDocument replaced) {}

  /**
   * The limits of the spec and of the backend.
   *
   * @param prune whether documents that the source no longer has are removed; never while a part of
   *     the source is unread
   * @param unusable title names of files that cannot be sent now, or are not read yet; listed
   *     documents with these names stay in the bot
   * @param inPlace whether the backend changes the title when it replaces a document
   * @param quietUntil before this time no unknown document is sent: an earlier process may have
   *     sent it
   */
  public record Rules(
      boolean prune,
      int pruneLimitPercent,
      List<String> unusable,
      boolean inPlace,
      Optional<Instant> quietUntil) {}

  /**
   * Returns the plan for one reconciliation.
   *
   * @param attempts known attempts, by title key
   */
  public static IngestionPlan of(
      Comparison comparison, Map<String, UploadAttempt> attempts, Rules rules, Instant now) {
    var failed = new LinkedHashMap<Document, UploadAttempt>();
    var awaited = new ArrayList<Document>();
    var unsent = new ArrayList<Document>();
    for (var document : comparison.missing()) {
      var attempt = attempts.get(document.title().key());
      if (attempt != null && attempt.isFailedStill(now)) {
        failed.put(document, attempt);
      } else if (isAwaited(attempt, rules, now)) {
        awaited.add(document);
      } else {
        unsent.add(document);
      }
    }
    var replacements =
        rules.inPlace()
            ? ReplacementMatcher.of(unsent, comparison.obsolete())
            : List.<Replacement>of();
    var replacing = replacements.stream().map(Replacement::document).collect(Collectors.toSet());
    var uploads = unsent.stream().filter(document -> !replacing.contains(document)).toList();
    return new IngestionPlan(
        comparison.accepted(),
        uploads,
        replacements,
        PrunePlan.of(comparison, replacements, rules),
        awaited,
        failed);
  }

  /** Returns whether documents have to be sent. */
  public boolean sends() {
    return !uploads.isEmpty() || !replacements.isEmpty();
  }

  /** Returns whether the bytes of all documents that have to be sent are available. */
  public boolean hasBytes() {
    return Stream.concat(uploads.stream(), replacements.stream().map(Replacement::document))
        .allMatch(document -> document.content().hasBytes());
  }

  /** Returns whether the backend needs no change. */
  public boolean isEmpty() {
    return !sends() && removals.all().isEmpty();
  }

  /** Returns whether there is nothing to do and nothing to wait for. */
  public boolean isSettled() {
    return isEmpty() && awaited.isEmpty();
  }

  /** Returns the documents that are awaited or still have to be sent. */
  public List<Document> pending() {
    var pending = new ArrayList<>(awaited);
    replacements.forEach(replacement -> pending.add(replacement.document()));
    pending.addAll(uploads);
    return List.copyOf(pending);
  }

  private static boolean isAwaited(@Nullable UploadAttempt attempt, Rules rules, Instant now) {
    return attempt == null
        ? rules.quietUntil().filter(until -> until.isAfter(now)).isPresent()
        : attempt.isAwaited(now);
  }
}
