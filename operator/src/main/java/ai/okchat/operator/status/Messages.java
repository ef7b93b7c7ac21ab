package ai.okchat.operator.status;

/** Bounds the texts of conditions and Events. */
public final class Messages {

  /** Characters of a message; keeps a status with all its conditions within a few KiB. */
  public static final int MAX_LENGTH = 1024;

  private Messages() {}

  /** Returns the text on one line, cut with an ellipsis if it is too long. */
  public static String bounded(String text) {
    var line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return shortened(line, MAX_LENGTH);
  }

  /** Returns at most this many characters, with an ellipsis at the end of a longer text. */
  public static String shortened(String text, int length) {
    return text.length() <= length ? text : cut(text, length - 1) + "…";
  }

  /**
   * Returns at most this many characters, and never half of a surrogate pair: UTF-8 cannot encode
   * it.
   */
  public static String cut(String text, int length) {
    return text.length() <= length
        ? text
        : text.substring(
            0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
  }
}
