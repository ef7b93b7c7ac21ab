package ai.okchat.client;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The passages that a bot finds in its documents for a question (SPEC 2.13).
 *
 * @param passages in the order of the backend, which is not that of their similarity
 * @param similarityThreshold the backend omits passages below it, 0 to 1
 */
public record QueryResult(List<Passage> passages, OptionalDouble similarityThreshold) {
  private static final String TITLE = "Title:";

  /**
   * One chunk of a document.
   *
   * @param content a {@code Title:} line, a {@code Chunk:} line, and the text
   * @param similarity at most 1; of two kinds that cannot be compared (cosine, and that of a
   *     reranker)
   */
  public record Passage(String content, double similarity) {

    /** The title of the document that contains the passage. */
    public Optional<String> title() {
      return content
          .lines()
          .findFirst()
          .filter(line -> line.startsWith(TITLE))
          .map(line -> line.substring(TITLE.length()).strip());
    }

    @Override
    public String toString() {
      return "Passage[" + content.length() + " characters, " + similarity + "]";
    }
  }

  public QueryResult {
    passages = List.copyOf(passages);
  }
}
