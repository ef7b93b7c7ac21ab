package ai.okchat.client;

import java.text.Normalizer;

/**
 * The digest of a text that is too long to be stored for each bot of an account. It can be compared
 * with a text, and must not be sent instead of it.
 *
 * @param length in characters
 * @param digest of the original text, {@code sha256:<hex>}
 * @param normalizedDigest of {@link #normalized}
 */
public record LongText(int length, String digest, String normalizedDigest) {
  /** Maximum number of characters of a text that is stored unchanged. */
  static final int LONGEST_KEPT = 1024;

  /**
   * Maximum number of combining marks in a row that are normalized, as in the stream-safe format of
   * Unicode (UAX #15): the normalization sorts them in quadratic time.
   */
  static final int MOST_MARKS = 30;

  static LongText of(String text) {
    var normalized = normalized(text);
    var digest = digest(text);
    return new LongText(
        text.length(), digest, normalized.equals(text) ? digest : digest(normalized));
  }

  /** Digests an array, which equals no text. */
  static LongText ofArray(String json) {
    return new LongText(json.length(), digest(json), "");
  }

  /**
   * Removes differences that editors and backends add to an unchanged text: composed or decomposed
   * letters (the result is NFC), other line ends, and white space at both ends.
   */
  public static String normalized(String text) {
    return stripped(composed(text.replace("\r\n", "\n").replace('\r', '\n')));
  }

  private static String composed(String text) {
    return hasLongRunOfMarks(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  private static boolean hasLongRunOfMarks(String text) {
    var marks = 0;
    for (var at = 0; at < text.length() && marks <= MOST_MARKS; ) {
      var character = text.codePointAt(at);
      marks = isMark(character) ? marks + 1 : 0;
      at += Character.charCount(character);
    }
    return marks > MOST_MARKS;
  }

  private static boolean isMark(int character) {
    return switch (Character.getType(character)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      default -> false;
    };
  }

  private static String stripped(String text) {
    var start = 0;
    var end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (start < end && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  /** Includes the spaces and the byte order mark that the trim functions of backends remove. */
  private static boolean isBlank(char character) {
    return Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || character == '\uFEFF';
  }

  /** Returns whether the texts are equal after normalization. */
  public boolean isSameAs(String other) {
    return normalizedDigest.equals(digest(normalized(other)));
  }

  private static String digest(String text) {
    return "sha256:" + Sha256.of(text);
  }
}
