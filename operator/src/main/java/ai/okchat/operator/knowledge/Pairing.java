package ai.okchat.operator.knowledge;

import ai.okchat.operator.knowledge.IngestionPlan.Replacement;
import ai.okchat.operator.knowledge.document.Document;
import ai.okchat.operator.knowledge.document.DocumentTitle;
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
 * Finds for documents that are to be sent the listed ones whose place they take: a changed document
 * that of its old version, a renamed one that of its old name. Each is taken once.
 */
final class Pairing {

  private final Map<String, Deque<ListedDocument>> byName = new HashMap<>();
  private final Map<String, Deque<ListedDocument>> byContent = new HashMap<>();
  private final Set<String> taken = new HashSet<>();

  private Pairing(List<ListedDocument> obsolete) {
    for (var listed : obsolete) {
      listed.title().likelyNames().forEach(name -> add(byName, name, listed));
      add(byContent, listed.title().contentTag(), listed);
    }
  }

  static List<Replacement> of(List<Document> unsent, List<ListedDocument> obsolete) {
    if (obsolete.isEmpty()) {
      return List.of();
    }
    var pairing = new Pairing(obsolete);
    var pairs = new ArrayList<Replacement>();
    var alone =
        pairing.pair(
            unsent, it -> pairing.byName.get(DocumentTitle.said(it.title().name())), pairs);
    pairing.pair(alone, it -> pairing.byContent.get(it.title().contentTag()), pairs);
    return List.copyOf(pairs);
  }

  /** Returns the documents that remain without a partner. */
  private List<Document> pair(
      List<Document> documents,
      Function<Document, @Nullable Deque<ListedDocument>> candidates,
      List<Replacement> pairs) {
    var alone = new ArrayList<Document>();
    for (var document : documents) {
      var partner = firstFree(candidates.apply(document));
      if (partner == null) {
        alone.add(document);
      } else {
        taken.add(partner.id());
        pairs.add(new Replacement(document, partner));
      }
    }
    return alone;
  }

  private @Nullable ListedDocument firstFree(@Nullable Deque<ListedDocument> candidates) {
    while (candidates != null && !candidates.isEmpty()) {
      var candidate = candidates.removeFirst();
      if (!taken.contains(candidate.id())) {
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
