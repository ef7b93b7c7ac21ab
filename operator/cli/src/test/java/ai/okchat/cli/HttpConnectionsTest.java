package ai.okchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Map;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections that are open at the end of a command. */
class HttpConnectionsTest {
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> exchange.sendResponseHeaders(200, -1));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void closesOpenConnections() throws IOException {
    // Given
    var streams =
        new Streams(System.in, System.out, System.err, false, Map.of(), Clock.systemUTC());
    var client = HttpConnections.client(streams).build();
    var url = "http://127.0.0.1:" + server.getAddress().getPort();
    client.newCall(new Request.Builder().url(url).build()).execute().close();
    assertThat(client.connectionPool().connectionCount()).isPositive();

    // When
    HttpConnections.close();

    // Then
    assertThat(client.connectionPool().connectionCount()).isZero();
  }
}
