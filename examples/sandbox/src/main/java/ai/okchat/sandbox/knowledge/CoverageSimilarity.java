package ai.okchat.sandbox.knowledge;

import org.apache.lucene.search.similarities.BasicStats;
import org.apache.lucene.search.similarities.SimilarityBase;

/**
 * Scores a passage by the share of the query's key words that it contains. Their frequency and the
 * length of the text change the score a little, which decides between passages with the same words.
 *
 * <p>Rare words count the same as common ones: in a knowledge base of three documents, every word
 * is rare.
 */
final class CoverageSimilarity extends SimilarityBase {
  private static final double BY_PRESENCE = 0.92;

  @Override
  protected double score(BasicStats stats, double frequency, double length) {
    var relativeLength = length / stats.getAvgFieldLength();
    var density = frequency / (frequency + 0.5 + 0.5 * relativeLength);
    return stats.getBoost() * (BY_PRESENCE + (1 - BY_PRESENCE) * density);
  }

  @Override
  public String toString() {
    return "coverage";
  }
}
