package ai.okchat.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** The API key of one account. It can be compared and digested, but does not print itself. */
public final class ApiKey {
  private final String value;

  private ApiKey(String value) {
    this.value = value;
  }

  /**
   * Checks a key for the {@code x-api-key} header: visible ASCII, no spaces, no line breaks.
   *
   * @throws IllegalArgumentException if the key is invalid; the message never contains the key
   */
  public static ApiKey of(String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("The API key is empty: put the key itself there");
    }
    for (var i = 0; i < value.length(); i++) {
      if (value.charAt(i) <= ' ' || value.charAt(i) > '~') {
        throw new IllegalArgumentException(
            "The API key holds %s at position %d of %d, which a header cannot carry: store the key without it"
                .formatted(nameOf(value.charAt(i)), i + 1, value.length()));
      }
    }
    return new ApiKey(value);
  }

  private static String nameOf(char rejected) {
    return switch (rejected) {
      case '\n', '\r' -> "a line break";
      case ' ', '\t' -> "white space";
      default -> "a character that is not visible ASCII";
    };
  }

  /**
   * Returns the SHA-256 of the key in lower-case hex, which identifies the account without
   * disclosing the key.
   */
  public String digest() {
    return Sha256.of(bytes());
  }

  /** Returns the key for the header and for redaction only. */
  String value() {
    return value;
  }

  private byte[] bytes() {
    return value.getBytes(StandardCharsets.US_ASCII);
  }

  /** Compares keys of equal length in constant time. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ApiKey that && MessageDigest.isEqual(bytes(), that.bytes());
  }

  @Override
  public int hashCode() {
    return digest().hashCode();
  }

  @Override
  public String toString() {
    return "ApiKey[redacted]";
  }
}
