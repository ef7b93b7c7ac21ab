package ai.okchat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kubeconfig files as kubectl reads them. */
class KubeconfigTest {
  @TempDir private Path folder = Path.of("");

  private static Streams streams(Map<String, String> environment) {
    return new Streams(System.in, System.out, System.err, false, environment, Clock.systemUTC());
  }

  private Path write(String name, String yaml) throws IOException {
    return Files.writeString(folder.resolve(name), yaml);
  }

  @Test
  void usesTheFirstFileThatHasAnEntry() throws IOException {
    // Given
    var first =
        write(
            "first",
            """
            current-context: shop
            contexts: [{name: shop, context: {cluster: shop, user: jane, namespace: team}}]
            """);
    var second =
        write(
            "second",
            """
            current-context: other
            clusters: [{name: shop, cluster: {server: "https://shop.example"}}]
            users: [{name: jane, user: {tokenFile: token}}]
            """);
    write("token", "secret-token\n");

    // When
    var login =
        ClusterLogin.of(
            null, null, streams(Map.of("KUBECONFIG", first + ":" + second + ":/absent")));

    // Then
    assertThat(login.context()).isEqualTo("shop");
    assertThat(login.namespace()).isEqualTo("team");
    assertThat(login.server()).hasToString("https://shop.example/");
    assertThat(login.authorization()).isEqualTo("Bearer secret-token");
    assertThat(login).asString().doesNotContain("secret");
  }

  @Test
  void runsAnExecPlugin() throws IOException {
    // Given
    var program =
        write(
            "login",
            """
            #!/bin/sh
            echo '{"kind":"ExecCredential","status":{"token":"'"$REALM-$1"'"}}'
            """);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    var file =
        write(
            "config",
            """
            current-context: shop
            contexts: [{name: shop, context: {cluster: shop, user: jane}}]
            clusters: [{name: shop, cluster: {server: "https://shop.example"}}]
            users:
            - name: jane
              user:
                exec: {apiVersion: client.authentication.k8s.io/v1, command: ./login, args: [x],
                       env: [{name: REALM, value: shop}]}
            """);

    // When
    var login = ClusterLogin.of(file, null, streams(Map.of()));

    // Then
    assertThat(login.authorization()).isEqualTo("Bearer shop-x");
  }

  @Test
  void refusesAServerWhoseCertificateIsNotChecked() throws IOException {
    // Given
    var file =
        write(
            "config",
            """
            current-context: shop
            contexts: [{name: shop, context: {cluster: shop, user: jane}}]
            clusters: [{name: shop, cluster: {server: "https://shop.example",
                        insecure-skip-tls-verify: true}}]
            """);

    // When, Then
    assertThatThrownBy(() -> ClusterLogin.of(file, null, streams(Map.of())))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("certificate-authority-data");
  }

  @Test
  void saysThatAFileIsNotYaml() throws IOException {
    // Given
    var file = write("config", "a: [");

    // When, Then
    assertThatThrownBy(() -> ClusterLogin.of(file, null, streams(Map.of())))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            "The kubeconfig %s cannot be used: it is not YAML. Check it with: kubectl config view"
                .formatted(file));
  }

  @Test
  void readsRsaKeysOfBothForms() throws Exception {
    // Given
    var key = generated("RSA", 2048);
    var inner = lastOctets(key.getEncoded(), 26);

    // When, Then
    assertThat(PemFiles.privateKey(pem("PRIVATE KEY", key.getEncoded()))).isEqualTo(key);
    assertThat(PemFiles.privateKey(pem("RSA PRIVATE KEY", inner))).isEqualTo(key);
  }

  @Test
  void readsEcKeysOfBothForms() throws Exception {
    // Given
    var key = (ECPrivateKey) generated("EC", 256);
    var curve = HexFormat.of().parseHex("a00a06082a8648ce3d030107");
    var secret = HexFormat.of().parseHex("%064x".formatted(key.getS()));
    var sec1 = HexFormat.of().parseHex("3031020101" + "0420");
    var whole = ByteBuffer.allocate(51).put(sec1).put(secret).put(curve).array();

    // When, Then
    assertThat(PemFiles.privateKey(pem("PRIVATE KEY", key.getEncoded()))).isEqualTo(key);
    assertThat(PemFiles.privateKey(pem("EC PRIVATE KEY", whole)))
        .isInstanceOfSatisfying(
            ECPrivateKey.class, read -> assertThat(read.getS()).isEqualTo(key.getS()));
  }

  private static PrivateKey generated(String algorithm, int size) throws Exception {
    var generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(size);
    return generator.generateKeyPair().getPrivate();
  }

  /** Returns the older form of a key, which PKCS#8 has behind its header. */
  private static byte[] lastOctets(byte[] pkcs8, int header) {
    return Arrays.copyOfRange(pkcs8, header, pkcs8.length);
  }

  private static String pem(String title, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(title, Base64.getMimeEncoder().encodeToString(der), title);
  }
}
