package ai.okchat.operator.fetch;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of a repository: a token, a user name with a password, an SSH key with its known
 * hosts, or nothing. Does not print itself.
 */
public record GitCredentials(
    Optional<String> authorization, Optional<String> sshKey, Optional<String> knownHosts) {

  /** The user name that hosting services expect with a token. */
  private static final String TOKEN_USER = "x-access-token";

  /** Reads credentials from the usual keys of a Secret. */
  public static GitCredentials of(Map<String, String> secret) {
    return new GitCredentials(
        authorization(secret),
        Optional.ofNullable(secret.get("ssh-privatekey")),
        Optional.ofNullable(secret.get("known_hosts")));
  }

  private static Optional<String> authorization(Map<String, String> secret) {
    if (secret.containsKey("token")) {
      return Optional.of(basic(TOKEN_USER, secret.get("token")));
    }
    return secret.containsKey("password")
        ? Optional.of(basic(secret.getOrDefault("username", ""), secret.get("password")))
        : Optional.empty();
  }

  private static String basic(String user, @Nullable String password) {
    var pair = user + ":" + (password == null ? "" : password);
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "GitCredentials[]";
  }
}
