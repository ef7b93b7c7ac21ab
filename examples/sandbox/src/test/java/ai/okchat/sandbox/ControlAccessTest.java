package ai.okchat.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which requests reach the controls. */
class ControlAccessTest {

  private static final Sandbox SANDBOX =
      Sandbox.start(
          SandboxOptions.defaults()
              .withHostNames(List.of("okchat-sandbox", "okchat-sandbox.bots.svc")));

  private static final AtomicInteger SLUGS = new AtomicInteger();

  @AfterAll
  static void stop() {
    SANDBOX.close();
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:%d,",
    "127.0.0.1:%d,",
    "[::1]:%d,",
    "10.1.2.3,",
    "okchat-sandbox:%d,",
    "OKCHAT-SANDBOX.bots.svc,",
    "localhost:%d, http://localhost:%d"
  })
  void servesItsOwnNamesAndPages(String host, @Nullable String origin) throws IOException {
    assertThat(status("/sandbox/reset", host, origin)).isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource({
    "evil.example.com:%d,",
    "localhost.evil.example.com:%d,",
    "127.0.0.1.evil.example.com:%d,",
    "okchat-sandbox.other.svc:%d,",
    "localhost:%d, https://evil.example.com",
    "localhost:%d, http://localhost:1",
    "localhost:%d, null",
    "evil.example.com:%d, http://evil.example.com:%d"
  })
  void rejectsOtherNamesAndPagesOfOtherSites(String host, @Nullable String origin)
      throws IOException {
    // Given
    var api = new Api(SANDBOX.url(), SANDBOX.apiKey());
    var bot = api.createBot("stays-" + SLUGS.incrementAndGet());

    // When
    var status = status("/sandbox/reset", host, origin);

    // Then
    assertThat(status).isEqualTo(403);
    assertThat(api.get(Api.bot(bot)).status()).isEqualTo(200);
  }

  @Test
  void servesTheApiUnderEveryName() throws IOException {
    assertThat(status("/api/external/chatbots", "evil.example.com", "https://evil.example.com"))
        .isEqualTo(401);
  }

  private static int status(String path, String host, @Nullable String origin) throws IOException {
    var port = SANDBOX.port();
    var lines = "POST %s HTTP/1.1\r\nHost: %s\r\n".formatted(path, host.replace("%d", "" + port));
    if (origin != null) {
      lines += "Origin: %s\r\n".formatted(origin.replace("%d", "" + port));
    }
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      var request = lines + "Content-Length: 0\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      var response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return Integer.parseInt(response.split(" ", 3)[1]);
    }
  }
}
