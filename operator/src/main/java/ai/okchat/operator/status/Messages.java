package ai.okchat.operator.status;

/** Bounds on what goes into conditions and Events. */
public final class Messages {

  /** Characters; keeps a status with all its conditions in a few KiB. */
  public static final int MAX_LENGTH = 1024;

  private Messages() {}

  /** The text on one line, cut with an ellipsis where it is too long. */
  public static String bounded(String text) {
    var line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return shortened(line, MAX_LENGTH);
  }

  /** At most so many characters, with an ellipsis at the end of a longer text. */
  public static String shortened(String text, int length) {
    return text.length() <= length ? text : cut(text, length - 1) + "…";
  }

  /** At most so many characters. Half of a surrogate pair could not be written as UTF-8. */
  public static String cut(String text, int length) {
    return text.length() <= length
        ? text
        : text.substring(
            0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
  }
}
