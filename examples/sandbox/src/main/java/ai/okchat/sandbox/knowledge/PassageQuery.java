package ai.okchat.sandbox.knowledge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.jspecify.annotations.Nullable;

/** Converts a question to a query with the same weight for every key word; the sum is 1. */
final class PassageQuery {
  /** Limit of key words; further words are ignored. */
  private static final int MOST_WORDS = 200;

  private PassageQuery() {}

  /** Returns the query; null if the question has no key word. */
  static @Nullable Query of(Analyzer analyzer, String chatbotId, String question, long now) {
    var words = words(analyzer, question);
    if (words.isEmpty()) {
      return null;
    }
    var query =
        new BooleanQuery.Builder()
            .add(new TermQuery(new Term(PassageIndex.CHATBOT, chatbotId)), Occur.FILTER)
            .add(LongPoint.newRangeQuery(PassageIndex.READY_FROM, 0, now), Occur.FILTER)
            .setMinimumNumberShouldMatch(1);
    for (var word : words) {
      var term = new TermQuery(new Term(PassageIndex.TEXT, word));
      query.add(new BoostQuery(term, 1f / words.size()), Occur.SHOULD);
    }
    return query.build();
  }

  private static Set<String> words(Analyzer analyzer, String question) {
    var words = new LinkedHashSet<String>();
    try (var tokens = analyzer.tokenStream(PassageIndex.TEXT, question)) {
      var word = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (words.size() < MOST_WORDS && tokens.incrementToken()) {
        words.add(word.toString());
      }
      tokens.end();
      return words;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
