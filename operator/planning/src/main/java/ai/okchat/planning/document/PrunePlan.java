package ai.okchat.planning.document;

import ai.okchat.planning.document.IngestionPlan.Replacement;
import ai.okchat.planning.document.IngestionPlan.Rules;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Selects the listed documents of a source to remove: never the only version of a desired document,
 * and never more at once than the spec allows. Pure.
 *
 * @param superseded copies and old versions of documents that are listed as desired
 * @param pruned documents that the source no longer has
 * @param overLimit how many of these stay because they are more than the spec allows; else 0
 */
public record PrunePlan(
    List<ListedDocument> superseded, List<ListedDocument> pruned, int overLimit) {

  static PrunePlan of(Comparison comparison, List<Replacement> replacements, Rules rules) {
    if (comparison.obsolete().isEmpty()) {
      return limited(comparison.duplicates(), List.of(), comparison.listedCount(), rules);
    }
    var replaced =
        replacements.stream()
            .map(replacement -> replacement.replaced().id())
            .collect(Collectors.toSet());
    var missing = DocumentVersions.of(comparison.missing());
    var unusable = DocumentVersions.named(rules.unusable());
    var removable =
        comparison.obsolete().stream()
            .filter(listed -> !replaced.contains(listed.id()))
            .filter(listed -> !missing.include(listed) && !unusable.include(listed))
            .toList();
    var accepted = DocumentVersions.of(comparison.accepted().keySet());
    var old = removable.stream().filter(accepted::include);
    return limited(
        Stream.concat(comparison.duplicates().stream(), old).toList(),
        removable.stream().filter(listed -> !accepted.include(listed)).toList(),
        comparison.listedCount(),
        rules);
  }

  public List<ListedDocument> all() {
    return Stream.concat(superseded.stream(), pruned.stream()).toList();
  }

  private static PrunePlan limited(
      List<ListedDocument> superseded, List<ListedDocument> obsolete, int listed, Rules rules) {
    if (!rules.prune()) {
      return new PrunePlan(superseded, List.of(), 0);
    }
    var isOver = (long) obsolete.size() * 100 > (long) rules.pruneLimitPercent() * listed;
    return isOver
        ? new PrunePlan(superseded, List.of(), obsolete.size())
        : new PrunePlan(superseded, obsolete, 0);
  }
}
