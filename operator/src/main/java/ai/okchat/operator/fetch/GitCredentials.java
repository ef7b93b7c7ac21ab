package ai.okchat.operator.fetch;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What opens a repository: a token, a user name with a password, an SSH key with the hosts that it
 * is for, or nothing. Does not print itself.
 */
public record GitCredentials(
    Optional<String> authorization, Optional<String> sshKey, Optional<String> knownHosts) {

  /** What hosting services take as the user name beside a token. */
  private static final String TOKEN_USER = "x-access-token";

  /** The keys that a Secret may have, as they are usual. */
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
