package ai.okchat.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.okchat.operator.config.OperatorConfig;
import ai.okchat.operator.config.OperatorOptions;
import ai.okchat.operator.testing.LoopbackProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client that backends and sources share has the proxy and the private CAs of the process. */
class OutboundClientTest {

  @TempDir private Path folder;

  @Test
  void usesTheProxyAndTrustsThePrivateAuthority() throws Exception {
    // Given
    var authority = new HeldCertificate.Builder().certificateAuthority(0).build();
    var own =
        new HeldCertificate.Builder()
            .addSubjectAlternativeName("okchat.corp.invalid")
            .signedBy(authority)
            .build();
    var trust = Files.writeString(folder.resolve("ca.crt"), authority.certificatePem());
    try (var backend = new MockWebServer();
        var proxy = LoopbackProxy.start()) {
      backend.useHttps(
          new HandshakeCertificates.Builder().heldCertificate(own).build().sslSocketFactory());
      backend.start();
      backend.enqueue(new MockResponse.Builder().body("[]").build());
      var config = config(Map.of("PROXY_URL", proxy.url(), "TRUST_FILE", trust.toString()));
      var url = "https://okchat.corp.invalid:%d/chatbots".formatted(backend.getPort());

      // When
      var http = OkChatOperator.outbound(new OkHttpClient(), config);
      try (var response = http.newCall(new Request.Builder().url(url).build()).execute()) {

        // Then
        assertThat(response.body().string()).isEqualTo("[]");
      }
      assertThat(proxy.requests()).hasSize(1);
    }
  }

  @Test
  void doesNotStartWithAFileWithoutCertificates() throws Exception {
    // Given
    var file = Files.writeString(folder.resolve("ca.crt"), "no certificate");
    var config = config(Map.of("TRUST_FILE", file.toString()));

    // When, Then
    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> OkChatOperator.outbound(new OkHttpClient(), config))
        .withMessageContaining("--trust-file");
  }

  private static OperatorConfig config(Map<String, String> environment) {
    return OperatorConfig.of(new OperatorOptions(), environment);
  }
}
