package ai.okchat.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * N2: a server of HTTP/1.0 that closes each connection after its response, without a header that
 * says so.
 */
@Timeout(30)
class ClosedConnectionInterceptorTest {
  private static final int REQUESTS = 10;

  @AutoClose private final ServerSocket server = listening();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> outcomes = new CopyOnWriteArrayList<>();
  private volatile CountDownLatch closed = new CountDownLatch(1);

  ClosedConnectionInterceptorTest() throws IOException {
    Thread.ofVirtual().start(this::serve);
  }

  @Test
  void usesNewConnectionWhenTheServerClosedOne() throws InterruptedException {
    // Given
    var client = client();

    // When
    for (var i = 0; i < REQUESTS; i++) {
      closed = new CountDownLatch(1);
      client.listChatbots();
      assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    // Then
    assertThat(outcomes)
        .isEqualTo(IntStream.range(0, REQUESTS).mapToObj(_ -> "list chatbots: ok").toList());
    assertThat(requests)
        .isEqualTo(
            IntStream.range(0, REQUESTS)
                .mapToObj(_ -> "GET /api/external/chatbots HTTP/1.1")
                .toList());
  }

  private OkChatClient client() {
    var url = HttpUrl.get("http://127.0.0.1:" + server.getLocalPort());
    var endpoint = new Endpoint(url, ApiKey.of("a-key"), Duration.ofSeconds(10));
    return new OkChatClient(
        new OkHttpClient(),
        endpoint,
        (action, outcome, _) -> outcomes.add(action + ": " + outcome));
  }

  private void serve() {
    while (!server.isClosed()) {
      try (var socket = server.accept()) {
        var request = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
        var line = request.readLine();
        requests.add(line);
        while (line != null && !line.isEmpty()) {
          line = request.readLine();
        }
        var body = "{\"chatbots\": []}";
        var response =
            "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(body.length(), body);
        socket.getOutputStream().write(response.getBytes(US_ASCII));
      } catch (IOException e) {
        continue;
      }
      closed.countDown();
    }
  }

  private static ServerSocket listening() {
    try {
      return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
