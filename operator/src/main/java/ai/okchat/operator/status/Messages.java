package ai.okchat.operator.status;

/** Bounds on what goes into conditions and Events. */
public final class Messages {

  /** Characters; keeps a status with all its conditions in a few KiB. */
  public static final int MAX_LENGTH = 1024;

  private Messages() {}

  /** The text on one line, cut with an ellipsis where it is too long. */
  public static String bounded(String text) {
    var line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH - 1) + "…";
  }
}
