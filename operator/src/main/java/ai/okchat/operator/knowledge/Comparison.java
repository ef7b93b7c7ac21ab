package ai.okchat.operator.knowledge;

import ai.okchat.operator.knowledge.document.Document;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the source has against what the backend lists of it. Pure.
 *
 * @param accepted for each document that is listed as it is, the copy to keep: the oldest that the
 *     backend could index
 * @param duplicates all other copies
 * @param missing documents of the source that are not listed as they are
 * @param obsolete listed documents that are no copy of any
 */
record Comparison(
    Map<Document, ListedDocument> accepted,
    List<ListedDocument> duplicates,
    List<Document> missing,
    List<ListedDocument> obsolete) {

  /**
   * Compares.
   *
   * @param listed those of this source, the oldest first
   */
  static Comparison of(List<Document> desired, List<ListedDocument> listed) {
    var byContent = new HashMap<String, List<Document>>();
    desired.forEach(
        it -> byContent.computeIfAbsent(it.title().contentTag(), _ -> new ArrayList<>()).add(it));
    var copies = new LinkedHashMap<Document, List<ListedDocument>>();
    var obsolete = new ArrayList<ListedDocument>();
    for (var found : listed) {
      original(found, byContent.getOrDefault(found.title().contentTag(), List.of()))
          .ifPresentOrElse(
              it -> copies.computeIfAbsent(it, _ -> new ArrayList<>()).add(found),
              () -> obsolete.add(found));
    }
    return of(desired, copies, obsolete);
  }

  /** How many documents of this source the backend has. */
  int listedCount() {
    return accepted.size() + duplicates.size() + obsolete.size();
  }

  private static Comparison of(
      List<Document> desired,
      Map<Document, List<ListedDocument>> copies,
      List<ListedDocument> obsolete) {
    var accepted = new LinkedHashMap<Document, ListedDocument>();
    copies.forEach((document, listed) -> accepted.put(document, best(listed)));
    var kept = Set.copyOf(accepted.values());
    var duplicates =
        copies.values().stream().flatMap(List::stream).filter(it -> !kept.contains(it)).toList();
    var missing = desired.stream().filter(it -> !accepted.containsKey(it)).toList();
    return new Comparison(accepted, duplicates, missing, List.copyOf(obsolete));
  }

  private static ListedDocument best(List<ListedDocument> copies) {
    return copies.stream().filter(it -> !it.hasFailed()).findFirst().orElse(copies.getFirst());
  }

  private static Optional<Document> original(ListedDocument found, List<Document> sameContent) {
    return sameContent.stream()
        .filter(it -> it.title().name().equals(found.title().name()))
        .findFirst()
        .or(
            () ->
                sameContent.stream().filter(it -> found.title().isCopyOf(it.title())).findFirst());
  }
}
