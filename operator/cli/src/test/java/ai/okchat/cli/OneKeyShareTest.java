package ai.okchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS with an API server that accepts one curve. */
class OneKeyShareTest {
  private static final HeldCertificate CERTIFICATE =
      new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").build();

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"x25519", "secp256r1", "secp384r1"})
  void connectsToAServerOfAnyCurve(String curve) throws Exception {
    // Given
    try (var server = serving(curve)) {
      // When
      var info = new ClusterClient(login(server.getLocalPort()), null).server();

      // Then
      assertThat(info.version()).isEqualTo("v1.35.0");
    }
  }

  @Test
  void offersOneCurveInTheFirstHandshakeOnly() throws IOException {
    // Given
    var tls = new HandshakeCertificates.Builder().build().sslSocketFactory();
    var factory = new OneKeyShare(tls);

    // When
    var curves = new ArrayList<List<String>>();
    for (var attempt = 0; attempt < 2; attempt++) {
      try (var server = serving("x25519");
          var plain = new Socket(server.getInetAddress(), server.getLocalPort());
          var socket = factory.createSocket(plain, "127.0.0.1", server.getLocalPort(), true)) {
        var groups = ((SSLSocket) socket).getSSLParameters().getNamedGroups();
        curves.add(groups == null ? List.of() : Arrays.asList(groups));
      }
    }

    // Then
    assertThat(curves.getFirst()).containsExactly("x25519");
    assertThat(curves.getLast()).contains("x25519", "secp256r1", "secp384r1");
  }

  private ClusterLogin login(int port) throws IOException {
    var ca =
        Base64.getEncoder()
            .encodeToString(CERTIFICATE.certificatePem().getBytes(StandardCharsets.US_ASCII));
    var kubeconfig =
        Files.writeString(
            folder.resolve("config"),
            """
            current-context: here
            contexts: [{name: here, context: {cluster: here, user: me}}]
            clusters:
            - {name: here, cluster: {server: "https://127.0.0.1:%d", certificate-authority-data: %s}}
            users: [{name: me, user: {token: secret}}]
            """
                .formatted(port, ca));
    return ClusterLogin.of(
        kubeconfig,
        null,
        new Streams(System.in, System.out, System.err, false, Map.of(), Clock.systemUTC()));
  }

  /** Starts a server that answers each connection once with its version. */
  private static SSLServerSocket serving(String curve) throws IOException {
    var tls = new HandshakeCertificates.Builder().heldCertificate(CERTIFICATE).build().sslContext();
    var server =
        (SSLServerSocket)
            tls.getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    var parameters = server.getSSLParameters();
    parameters.setNamedGroups(new String[] {curve});
    server.setSSLParameters(parameters);
    Thread.ofVirtual()
        .start(
            () -> {
              while (!server.isClosed()) {
                answer(server);
              }
            });
    return server;
  }

  private static void answer(SSLServerSocket server) {
    var body = "{\"gitVersion\": \"v1.35.0\", \"minor\": \"35\"}";
    try (var socket = server.accept()) {
      var request =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      var line = request.readLine();
      while (line != null && !line.isEmpty()) {
        line = request.readLine();
      }
      socket
          .getOutputStream()
          .write(
              ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
                      + "Content-Length: %d\r\n\r\n%s")
                  .formatted(body.length(), body)
                  .getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // The handshake failed, or the test ended.
    }
  }
}
