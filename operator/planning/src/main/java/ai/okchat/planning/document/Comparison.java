package ai.okchat.planning.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares the documents of the source with those that the backend lists. Pure.
 *
 * @param accepted for each document that is listed unchanged, the copy to keep: the oldest that the
 *     backend could index
 * @param duplicates all other copies
 * @param missing documents of the source that are not listed unchanged
 * @param obsolete listed documents that are not a copy of a source document
 */
public record Comparison(
    Map<Document, ListedDocument> accepted,
    List<ListedDocument> duplicates,
    List<Document> missing,
    List<ListedDocument> obsolete) {

  /**
   * Compares all documents of a source.
   *
   * @param listed documents of this source, oldest first
   */
  public static Comparison of(List<Document> desired, List<ListedDocument> listed) {
    var byContent = new HashMap<String, List<Document>>();
    desired.forEach(
        document ->
            byContent
                .computeIfAbsent(document.title().contentTag(), _ -> new ArrayList<>())
                .add(document));
    var copies = new LinkedHashMap<Document, List<ListedDocument>>();
    var obsolete = new ArrayList<ListedDocument>();
    for (var found : listed) {
      original(found, byContent.getOrDefault(found.title().contentTag(), List.of()))
          .ifPresentOrElse(
              document -> copies.computeIfAbsent(document, _ -> new ArrayList<>()).add(found),
              () -> obsolete.add(found));
    }
    return of(desired, copies, obsolete);
  }

  /** Returns how many documents of this source the backend has. */
  public int listedCount() {
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
        copies.values().stream()
            .flatMap(List::stream)
            .filter(copy -> !kept.contains(copy))
            .toList();
    var missing = desired.stream().filter(document -> !accepted.containsKey(document)).toList();
    return new Comparison(accepted, duplicates, missing, List.copyOf(obsolete));
  }

  private static ListedDocument best(List<ListedDocument> copies) {
    return copies.stream().filter(copy -> !copy.hasFailed()).findFirst().orElse(copies.getFirst());
  }

  private static Optional<Document> original(ListedDocument found, List<Document> sameContent) {
    return sameContent.stream()
        .filter(document -> document.title().name().equals(found.title().name()))
        .findFirst()
        .or(
            () ->
                sameContent.stream()
                    .filter(document -> found.title().isCopyOf(document.title()))
                    .findFirst());
  }
}
