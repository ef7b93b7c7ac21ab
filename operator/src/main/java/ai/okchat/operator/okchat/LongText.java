package ai.okchat.operator.okchat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Stands for a text of a listed bot that is too long to be kept for each bot of an account. It can
 * be compared with a text, and is never one: it must not be sent.
 *
 * @param length in characters
 * @param digest of the text as it came, {@code sha256:<hex>}
 * @param normalizedDigest of {@link #normalized}
 */
public record LongText(int length, String digest, String normalizedDigest) {
  /** Characters of a text that is kept as it is. */
  static final int LONGEST_KEPT = 1024;

  static LongText of(String text) {
    var normalized = normalized(text);
    var digest = digest(text);
    return new LongText(
        text.length(), digest, normalized.equals(text) ? digest : digest(normalized));
  }

  /** Of an array, which is the same as no text. */
  static LongText ofArray(String json) {
    return new LongText(json.length(), digest(json), "");
  }

  /** Without what editors and backends change in a text that stays the same. */
  public static String normalized(String text) {
    return text.replace("\r\n", "\n").stripTrailing();
  }

  /** Whether this text is the other one, both of them normalized. */
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
