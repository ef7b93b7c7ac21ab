package ai.okchat.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** An API key and the name of the organization that it opens. {@code toString} omits the key. */
public record ApiKey(String key, String organization) {

  public ApiKey {
    if (key.isBlank() || organization.isBlank()) {
      throw new IllegalArgumentException("an API key must be KEY or KEY=ORGANIZATION_NAME");
    }
  }

  /** Reads {@code KEY}, which opens an organization of its own, or {@code KEY=ORGANIZATION}. */
  public static ApiKey parse(String text) {
    var at = text.indexOf('=');
    return at < 0
        ? new ApiKey(text, ownOrganization(text))
        : new ApiKey(text.substring(0, at), text.substring(at + 1));
  }

  /** Returns the same name for the same key at every start, so that its bots are found again. */
  private static String ownOrganization(String key) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var bytes = digest.digest(key.getBytes(StandardCharsets.UTF_8));
      return "organization-" + HexFormat.of().formatHex(bytes, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return "ApiKey[organization=" + organization + "]";
  }
}
