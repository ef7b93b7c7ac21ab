package ai.okchat.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the pages of one list of documents until it is complete, or fails if it cannot become
 * complete.
 */
final class KnowledgePages {
  private static final int MOST_PAGES = 1_000;

  private final Map<String, KnowledgeDocument> found = new LinkedHashMap<>();
  private int pages;
  private long rows;
  private long characters;

  /** Returns the number of the page to request, from 1. */
  int next() {
    return pages + 1;
  }

  /** Adds a page, and returns whether another page must be requested. */
  boolean add(KnowledgePage page) throws UnusableResponseException {
    var before = found.size();
    pages++;
    rows += page.documents().size();
    for (var document : page.documents()) {
      if (found.putIfAbsent(document.id(), document) == null) {
        characters += KnowledgePageReader.characters(document);
      }
    }
    KnowledgePageReader.requireFew(found.size(), characters);
    var hasMore = page.paging().hasMore(pages, rows);
    if (hasMore && found.size() == before) {
      throw UnusableResponseException.shape("announces more documents than it returns");
    }
    if (hasMore && pages >= MOST_PAGES) {
      throw UnusableResponseException.shape("has more pages than a list of documents can have");
    }
    return hasMore;
  }

  KnowledgeList list() {
    return new KnowledgeList(List.copyOf(found.values()));
  }
}
