package ai.okchat.planning;

/** Cuts texts that are too long. */
public final class BoundedText {

  private BoundedText() {}

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
