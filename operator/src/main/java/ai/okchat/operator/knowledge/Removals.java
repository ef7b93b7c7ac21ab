package ai.okchat.operator.knowledge;

import ai.okchat.operator.knowledge.IngestionPlan.Replacement;
import ai.okchat.operator.knowledge.IngestionPlan.Rules;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which listed documents of a source may go. Never the only version of a document that shall be
 * there, and never more at once than the spec allows. Pure.
 *
 * @param superseded copies and old versions of documents that are listed as they shall be
 * @param pruned documents that the source does not have any more
 * @param overLimit how many of these stay, since they are more than may go at once; else 0
 */
record Removals(List<ListedDocument> superseded, List<ListedDocument> pruned, int overLimit) {

  static Removals of(Comparison comparison, List<Replacement> replacements, Rules rules) {
    if (comparison.obsolete().isEmpty()) {
      return limited(comparison.duplicates(), List.of(), comparison.listedCount(), rules);
    }
    var replaced = replacements.stream().map(it -> it.replaced().id()).collect(Collectors.toSet());
    var missing = Versions.of(comparison.missing());
    var unusable = Versions.named(rules.unusable());
    var removable =
        comparison.obsolete().stream()
            .filter(it -> !replaced.contains(it.id()))
            .filter(it -> !missing.include(it) && !unusable.include(it))
            .toList();
    var accepted = Versions.of(comparison.accepted().keySet());
    var old = removable.stream().filter(accepted::include);
    return limited(
        Stream.concat(comparison.duplicates().stream(), old).toList(),
        removable.stream().filter(it -> !accepted.include(it)).toList(),
        comparison.listedCount(),
        rules);
  }

  List<ListedDocument> all() {
    return Stream.concat(superseded.stream(), pruned.stream()).toList();
  }

  private static Removals limited(
      List<ListedDocument> superseded, List<ListedDocument> gone, int listed, Rules rules) {
    if (!rules.prune()) {
      return new Removals(superseded, List.of(), 0);
    }
    var isOver = (long) gone.size() * 100 > (long) rules.pruneLimitPercent() * listed;
    return isOver
        ? new Removals(superseded, List.of(), gone.size())
        : new Removals(superseded, gone, 0);
  }
}
