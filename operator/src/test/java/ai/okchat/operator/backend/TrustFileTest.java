package ai.okchat.operator.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of private CAs that changes while the operator runs, as that of a ConfigMap does. */
final class TrustFileTest {

  private static final HeldCertificate AUTHORITY =
      new HeldCertificate.Builder().certificateAuthority(0).commonName("Ours").build();
  private static final HeldCertificate ANOTHER =
      new HeldCertificate.Builder().certificateAuthority(0).commonName("Another").build();

  /** Each request has a connection of its own. */
  private static final OkHttpClient HTTP =
      new OkHttpClient.Builder()
          .connectionPool(new ConnectionPool(0, 1, TimeUnit.MILLISECONDS))
          .build();

  private final MockWebServer server = new MockWebServer();

  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    var own =
        new HeldCertificate.Builder()
            .addSubjectAlternativeName("localhost")
            .signedBy(AUTHORITY)
            .build();
    server.useHttps(
        new HandshakeCertificates.Builder().heldCertificate(own).build().sslSocketFactory());
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return new MockResponse.Builder().code(200).build();
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void trustsAnAuthorityThatTheFileGets() throws Exception {
    // Given
    var file = write(ANOTHER.certificatePem());
    var http = TrustFile.read(file).apply(HTTP);
    assertThatExceptionOfType(SSLException.class).isThrownBy(() -> status(http));

    // When
    write(ANOTHER.certificatePem() + AUTHORITY.certificatePem());

    // Then
    assertThat(status(http)).isEqualTo(200);
  }

  @Test
  void doesNotTrustAnAuthorityThatTheFileLoses() throws Exception {
    // Given
    var file = write(AUTHORITY.certificatePem());
    var http = TrustFile.read(file).apply(HTTP);
    assertThat(status(http)).isEqualTo(200);

    // When
    write(ANOTHER.certificatePem());

    // Then
    assertThatExceptionOfType(SSLException.class).isThrownBy(() -> status(http));
  }

  @Test
  void keepsItsCertificatesWhileTheFileIsInvalid() throws Exception {
    // Given
    var file = write(AUTHORITY.certificatePem());
    var http = TrustFile.read(file).apply(HTTP);

    // When
    write("no certificate");
    var whileInvalid = status(http);
    Files.delete(file);

    // Then
    assertThat(whileInvalid).isEqualTo(200);
    assertThat(status(http)).isEqualTo(200);
  }

  @Test
  void rejectsAFileAboveTheLimit() throws Exception {
    // Given
    var largest = AUTHORITY.certificatePem() + "\n".repeat((1 << 20) - pemLength());
    var file = write(largest);

    // When
    var http = TrustFile.read(file).apply(HTTP);
    write(largest + "\n");

    // Then
    assertThat(status(http)).isEqualTo(200);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> TrustFile.read(file))
        .withMessage("the file is too large");
  }

  private static int pemLength() {
    return AUTHORITY.certificatePem().length();
  }

  /** Writes the file as Kubernetes does: readers see the old or the new content. */
  private Path write(String pem) throws IOException {
    var next = Files.writeString(folder.resolve("next"), pem);
    return Files.move(
        next,
        folder.resolve("ca.crt"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private int status(OkHttpClient http) throws IOException {
    var url = server.url("/").newBuilder().host("localhost").build();
    try (var response = http.newCall(new Request.Builder().url(url).build()).execute()) {
      return response.code();
    }
  }
}
