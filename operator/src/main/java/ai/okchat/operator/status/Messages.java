package ai.okchat.operator.status;

import ai.okchat.planning.BoundedText;
import java.util.regex.Pattern;

/** Bounds the texts of conditions and Events. */
public final class Messages {

  /** Characters of a message; keeps a status with all its conditions within a few KiB. */
  public static final int MAX_LENGTH = 1024;

  private static final Pattern CONTROL_CHARACTERS = Pattern.compile("\\p{Cntrl}+");

  private Messages() {}

  /** Returns the text on one line, cut with an ellipsis if it is too long. */
  public static String bounded(String text) {
    var line = CONTROL_CHARACTERS.matcher(text).replaceAll(" ").strip();
    return shortened(line, MAX_LENGTH);
  }

  /** Returns at most this many characters, with an ellipsis at the end of a longer text. */
  public static String shortened(String text, int length) {
    return text.length() <= length ? text : BoundedText.cut(text, length - 1) + "…";
  }
}
