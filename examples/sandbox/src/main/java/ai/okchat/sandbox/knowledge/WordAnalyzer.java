package ai.okchat.sandbox.knowledge;

import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;

/**
 * Extracts key words: English words by their stems and without stop words; Korean, Chinese and
 * Japanese by pairs of characters; words of other languages unchanged.
 */
final class WordAnalyzer extends Analyzer {
  private static final CharArraySet STOP_WORDS = stopWords();

  @Override
  protected TokenStreamComponents createComponents(String field) {
    var tokens = new StandardTokenizer();
    var words = new LowerCaseFilter(new EnglishPossessiveFilter(new CJKWidthFilter(tokens)));
    var filtered = new StopFilter(new CJKBigramFilter(words), STOP_WORDS);
    return new TokenStreamComponents(tokens, new PorterStemFilter(filtered));
  }

  private static CharArraySet stopWords() {
    var words = new CharArraySet(EnglishAnalyzer.ENGLISH_STOP_WORDS_SET, true);
    words.addAll(
        List.of(
            "about", "am", "any", "been", "can", "could", "did", "do", "does", "from", "had", "has",
            "have", "he", "her", "his", "how", "i", "i'm", "its", "many", "may", "me", "might",
            "much", "must", "my", "our", "please", "shall", "she", "should", "some", "tell", "them",
            "us", "we", "were", "what", "when", "where", "which", "who", "whom", "whose", "why",
            "would", "you", "your"));
    return CharArraySet.unmodifiableSet(words);
  }
}
