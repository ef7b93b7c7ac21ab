package ai.okchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections that are open at the end of a command. */
class HttpConnectionsTest {
  private final LoopbackServer server =
      LoopbackServer.start(exchange -> LoopbackServer.send(exchange, 200, "{}"));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void closesOpenConnections() throws IOException {
    // Given
    var client = HttpConnections.client(Streams.ofProcess()).build();
    client.newCall(new Request.Builder().url(server.url()).build()).execute().close();
    assertThat(client.connectionPool().connectionCount()).isPositive();

    // When
    HttpConnections.close();

    // Then
    assertThat(client.connectionPool().connectionCount()).isZero();
  }
}
