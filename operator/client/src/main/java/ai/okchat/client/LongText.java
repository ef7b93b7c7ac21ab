package ai.okchat.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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

  /** Removes differences that editors and backends add to an unchanged text. */
  public static String normalized(String text) {
    return text.replace("\r\n", "\n").stripTrailing();
  }

  /** Returns whether the texts are equal after normalization. */
  public boolean isSameAs(String other) {
    return normalizedDigest.equals(digest(normalized(other)));
  }

  private static String digest(String text) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      return "sha256:"
          + HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
