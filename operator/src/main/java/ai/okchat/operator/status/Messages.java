package ai.okchat.operator.status;

/** Bounds on what goes into conditions and Events. */
public final class Messages {

  /** Characters; keeps a status with all its conditions in a few KiB. */
  public static final int MAX_LENGTH = 1024;

  private Messages() {}

  /** The text on one line, cut with an ellipsis where it is too long. */
  public static String bounded(String text) {
    var line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= MAX_LENGTH ? line : cut(line, MAX_LENGTH - 1) + "…";
  }

  /** Half of a surrogate pair could not be written as UTF-8. */
  private static String cut(String line, int length) {
    return line.substring(
        0, Character.isHighSurrogate(line.charAt(length - 1)) ? length - 1 : length);
  }
}
