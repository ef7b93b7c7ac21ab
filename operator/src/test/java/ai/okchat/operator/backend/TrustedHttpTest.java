package ai.okchat.operator.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedHttpTest {
  private static final OkHttpClient HTTP = new OkHttpClient();
  private static final HeldCertificate AUTHORITY =
      new HeldCertificate.Builder().certificateAuthority(0).commonName("Ours").build();
  private static final HeldCertificate ANOTHER =
      new HeldCertificate.Builder().certificateAuthority(0).commonName("Another").build();

  @Test
  void trustsPrivateAuthorityOfTheBundle() throws Exception {
    // Given
    try (var server = server()) {
      var bundle = ANOTHER.certificatePem() + AUTHORITY.certificatePem();

      // When
      var status = status(TrustedHttp.trusting(HTTP, bundle), server);

      // Then
      assertThat(status).isEqualTo(200);
    }
  }

  @Test
  void trustsNoOtherAuthority() throws Exception {
    // Given
    try (var server = server()) {
      var trustingAnother = TrustedHttp.trusting(HTTP, ANOTHER.certificatePem());

      // When, Then
      assertThatExceptionOfType(SSLException.class)
          .isThrownBy(() -> status(trustingAnother, server));
      assertThatExceptionOfType(SSLException.class).isThrownBy(() -> status(HTTP, server));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no certificate",
        "-----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----\n"
      })
  void rejectsTextWithoutACertificate(String text) {
    // When, Then
    assertThatExceptionOfType(CertificateException.class)
        .isThrownBy(() -> TrustedHttp.trusting(HTTP, text));
  }

  private static MockWebServer server() throws IOException {
    var own =
        new HeldCertificate.Builder()
            .addSubjectAlternativeName("localhost")
            .signedBy(AUTHORITY)
            .build();
    var server = new MockWebServer();
    server.useHttps(
        new HandshakeCertificates.Builder().heldCertificate(own).build().sslSocketFactory());
    server.start();
    server.enqueue(new MockResponse.Builder().code(200).build());
    server.enqueue(new MockResponse.Builder().code(200).build());
    return server;
  }

  private static int status(OkHttpClient http, MockWebServer server) throws IOException {
    var url = server.url("/").newBuilder().host("localhost").build();
    try (var response = http.newCall(new Request.Builder().url(url).build()).execute()) {
      return response.code();
    }
  }
}
