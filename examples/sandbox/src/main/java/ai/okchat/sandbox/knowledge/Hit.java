package ai.okchat.sandbox.knowledge;

/**
 * A passage that was found.
 *
 * @param similarity from 0 to 1
 */
public record Hit(Passage passage, double similarity) {
  /** Passages below this similarity are not returned. */
  static final double THRESHOLD = 0.45;

  boolean isAboveThreshold() {
    return similarity >= THRESHOLD;
  }
}
