package ai.okchat.operator.okchat;

import java.io.IOException;

/** A success whose body is not what the endpoint is known to give. */
final class UnusableAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String words;
  private final boolean isUnknownShape;

  private UnusableAnswerException(String words, boolean isUnknownShape) {
    super(words);
    this.words = words;
    this.isUnknownShape = isUnknownShape;
  }

  /**
   * Whole JSON of another shape.
   *
   * @param words to follow "the answer", e.g. {@code has no "chatbots" array}; no values of it
   */
  static UnusableAnswerException shape(String words) {
    return new UnusableAnswerException(words, true);
  }

  /**
   * More than an answer may have.
   *
   * @param words to follow "the answer"; they name the limit
   */
  static UnusableAnswerException aboveLimit(String words) {
    return new UnusableAnswerException(words, false);
  }

  /** Not one whole JSON value: a page for people, or a cut answer. */
  static UnusableAnswerException notJson(String words) {
    return new UnusableAnswerException(words, false);
  }

  String words() {
    return words;
  }

  boolean isUnknownShape() {
    return isUnknownShape;
  }
}
