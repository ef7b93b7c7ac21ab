package ai.okchat.operator.okchat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the pages of one list of documents, until it is whole or can not become so. */
final class KnowledgePages {
  private static final int MOST_PAGES = 1_000;

  private final Map<String, KnowledgeDocument> found = new LinkedHashMap<>();
  private int pages;
  private long rows;
  private long characters;

  /** The page to ask for, from 1 on. */
  int next() {
    return pages + 1;
  }

  /** Whether there is more to ask for. */
  boolean add(KnowledgePage page) throws UnusableAnswerException {
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
      throw UnusableAnswerException.shape("announces more documents than it can be made to give");
    }
    if (hasMore && pages >= MOST_PAGES) {
      throw UnusableAnswerException.shape(
          "goes on for more pages than a list of documents can have");
    }
    return hasMore;
  }

  KnowledgeList list() {
    return new KnowledgeList(List.copyOf(found.values()));
  }
}
