package ai.okchat.planning.document;

import ai.okchat.planning.document.IngestionPlan.Replacement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Matches documents that have to be sent with the listed documents that they replace: a changed
 * document with its old version, a renamed one with its old name. A listed document is matched
 * once.
 */
final class ReplacementMatcher {

  private final Map<String, Deque<ListedDocument>> byName = new HashMap<>();
  private final Map<String, Deque<ListedDocument>> byContent = new HashMap<>();
  private final Set<String> matched = new HashSet<>();

  private ReplacementMatcher(List<ListedDocument> obsolete) {
    for (var listed : obsolete) {
      listed.title().likelyNames().forEach(name -> add(byName, name, listed));
      add(byContent, listed.title().contentTag(), listed);
    }
  }

  static List<Replacement> of(List<Document> unsent, List<ListedDocument> obsolete) {
    if (obsolete.isEmpty()) {
      return List.of();
    }
    var matcher = new ReplacementMatcher(obsolete);
    var pairs = new ArrayList<Replacement>();
    var unmatched =
        matcher.pair(
            unsent,
            document -> matcher.byName.get(DocumentTitle.said(document.title().name())),
            pairs);
    matcher.pair(
        unmatched, document -> matcher.byContent.get(document.title().contentTag()), pairs);
    return List.copyOf(pairs);
  }

  /** Returns the documents without a match. */
  private List<Document> pair(
      List<Document> documents,
      Function<Document, @Nullable Deque<ListedDocument>> candidates,
      List<Replacement> pairs) {
    var unmatched = new ArrayList<Document>();
    for (var document : documents) {
      var replaced = firstFree(candidates.apply(document));
      if (replaced == null) {
        unmatched.add(document);
      } else {
        matched.add(replaced.id());
        pairs.add(new Replacement(document, replaced));
      }
    }
    return unmatched;
  }

  private @Nullable ListedDocument firstFree(@Nullable Deque<ListedDocument> candidates) {
    while (candidates != null && !candidates.isEmpty()) {
      var candidate = candidates.removeFirst();
      if (!matched.contains(candidate.id())) {
        return candidate;
      }
    }
    return null;
  }

  private static void add(
      Map<String, Deque<ListedDocument>> index, String key, ListedDocument listed) {
    index.computeIfAbsent(key, _ -> new ArrayDeque<>()).add(listed);
  }
}
