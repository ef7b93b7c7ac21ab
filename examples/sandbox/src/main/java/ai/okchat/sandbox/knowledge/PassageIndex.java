package ai.okchat.sandbox.knowledge;

import ai.okchat.sandbox.store.Document.Content;
import ai.okchat.sandbox.store.Documents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.jspecify.annotations.Nullable;

/**
 * Finds passages. The index is in memory: the first question builds it from the database, and every
 * later change updates it.
 */
public final class PassageIndex implements AutoCloseable {
  static final String TEXT = "text";
  static final String CHATBOT = "chatbot";
  static final String READY_FROM = "ready_from";
  private static final String DOCUMENT = "document";
  private static final String TITLE = "title";
  private static final String QUOTE = "quote";
  private static final String BLOCK = "block";
  private static final int MOST = 10;

  private final Documents documents;
  private final WordAnalyzer analyzer = new WordAnalyzer();
  private @Nullable Opened opened;

  private record Opened(IndexWriter writer, SearcherManager searchers) {}

  public PassageIndex(Documents documents) {
    this.documents = documents;
  }

  /** Returns the best passages of one bot, best first; only those that share a key word. */
  List<Hit> search(String chatbotId, String question, long now) {
    var query = PassageQuery.of(analyzer, chatbotId, question, now);
    if (query == null) {
      return List.of();
    }
    try {
      var searchers = open().searchers();
      searchers.maybeRefreshBlocking();
      var searcher = searchers.acquire();
      try {
        return hits(searcher, query);
      } finally {
        searchers.release(searcher);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a change of the store and of this index without another change in between. */
  synchronized void together(Runnable change) {
    change.run();
  }

  /** Adds or replaces a document that was just stored. */
  synchronized void put(ai.okchat.sandbox.store.Document document, Content content) {
    if (opened != null) {
      put(opened.writer(), document, content);
    }
  }

  synchronized void remove(String documentId) {
    delete(DOCUMENT, documentId);
  }

  /** Removes all documents of a bot. */
  public synchronized void forget(String chatbotId) {
    delete(CHATBOT, chatbotId);
  }

  /** Removes everything; the next question reads the database again. */
  @Override
  public synchronized void close() {
    var closing = opened;
    opened = null;
    if (closing != null) {
      try (var _ = closing.writer()) {
        closing.searchers().close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private synchronized Opened open() throws IOException {
    if (opened == null) {
      var config = new IndexWriterConfig(analyzer).setSimilarity(new CoverageSimilarity());
      var writer = new IndexWriter(new ByteBuffersDirectory(), config);
      documents.forEach((document, content) -> put(writer, document, content));
      opened = new Opened(writer, new SearcherManager(writer, null));
    }
    return opened;
  }

  private void delete(String field, String value) {
    if (opened != null) {
      try {
        opened.writer().deleteDocuments(new Term(field, value));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void put(
      IndexWriter writer, ai.okchat.sandbox.store.Document document, Content content) {
    var entries =
        Passages.of(document.title(), content).stream()
            .map(passage -> entry(document, passage))
            .toList();
    var earlier = new Term(DOCUMENT, document.id());
    try {
      if (entries.isEmpty()) {
        writer.deleteDocuments(earlier);
      } else {
        writer.updateDocuments(earlier, entries);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Document entry(ai.okchat.sandbox.store.Document document, Passage passage) {
    var searchable = document.title().replaceAll("[\\p{Punct}]", " ") + "\n" + passage.block();
    var entry = new Document();
    entry.add(new StringField(CHATBOT, document.chatbotId(), Store.NO));
    entry.add(new StringField(DOCUMENT, document.id(), Store.NO));
    entry.add(new LongPoint(READY_FROM, document.visibility().readyFrom()));
    entry.add(new TextField(TEXT, searchable, Store.NO));
    entry.add(new StoredField(TITLE, passage.title()));
    entry.add(new StoredField(QUOTE, passage.text()));
    entry.add(new StoredField(BLOCK, passage.block()));
    return entry;
  }

  private static List<Hit> hits(IndexSearcher searcher, Query query) throws IOException {
    searcher.setSimilarity(new CoverageSimilarity());
    var fields = searcher.storedFields();
    var found = new ArrayList<Hit>();
    for (var score : searcher.search(query, MOST).scoreDocs) {
      var entry = fields.document(score.doc);
      var passage = new Passage(entry.get(TITLE), entry.get(QUOTE), entry.get(BLOCK));
      found.add(new Hit(passage, Math.min(1.0, score.score)));
    }
    return List.copyOf(found);
  }
}
