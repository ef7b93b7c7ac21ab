package ai.okchat.localcluster;

import java.io.IOException;
import java.nio.file.Files;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The administrator's token and the key that signs service account tokens. Created once for a data
 * directory, so that a kubeconfig stays valid after a restart.
 */
final class Credentials {

  private final String token;

  private Credentials(String token) {
    this.token = token;
  }

  /** Reads the credentials of the directory, and creates them if they do not exist. */
  static Credentials of(DataDirectory directory) {
    try {
      if (!Files.exists(directory.serviceAccountKey())) {
        DataDirectory.writePrivate(directory.serviceAccountKey(), newPrivateKey());
      }
      if (!Files.exists(directory.tokens())) {
        DataDirectory.writePrivate(directory.tokens(), tokenLine(newToken()));
      }
      var line = Files.readString(directory.tokens());
      return new Credentials(line.substring(0, line.indexOf(',')));
    } catch (IOException e) {
      throw new LocalClusterException("cannot read " + directory.tokens(), e);
    }
  }

  /** Returns a bearer token of group system:masters: all permissions, and impersonation. */
  String token() {
    return token;
  }

  /** Returns the line of {@code --token-auth-file}: token, user, uid, groups. */
  private static String tokenLine(String token) {
    return token + ",local-cluster-admin,local-cluster-admin,\"system:masters\"\n";
  }

  private static String newToken() {
    var bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static String newPrivateKey() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      var encoded = generator.generateKeyPair().getPrivate().getEncoded();
      var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
      return "-----BEGIN PRIVATE KEY-----\n" + lines + "\n-----END PRIVATE KEY-----\n";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has RSA", e);
    }
  }

  @Override
  public String toString() {
    return "Credentials[redacted]";
  }
}
