package ai.okchat.operator.management;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** {@code /livez}, {@code /readyz} and {@code /metrics}. */
public final class ManagementServer implements AutoCloseable {

  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private final HttpServer server;

  private ManagementServer(HttpServer server) {
    this.server = server;
  }

  /**
   * Serves until it is closed.
   *
   * @param port 0: any free one
   * @param alive why the process has to be restarted; empty where it has not
   * @param ready why a roll-out has to wait; empty where it has not
   * @param metrics the text that Prometheus reads
   */
  public static ManagementServer start(
      int port,
      Supplier<Optional<String>> alive,
      Supplier<Optional<String>> ready,
      Supplier<String> metrics)
      throws IOException {
    var server = HttpServer.create(new InetSocketAddress(port), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/livez", exchange -> answerCheck(exchange, alive));
    server.createContext("/readyz", exchange -> answerCheck(exchange, ready));
    server.createContext("/metrics", exchange -> answer(exchange, 200, PROMETHEUS, metrics.get()));
    server.createContext("/", exchange -> answer(exchange, 404, TEXT, "/livez /readyz /metrics\n"));
    server.start();
    return new ManagementServer(server);
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static void answerCheck(HttpExchange exchange, Supplier<Optional<String>> check)
      throws IOException {
    var trouble = check.get();
    if (trouble.isEmpty()) {
      answer(exchange, 200, TEXT, "ok\n");
    } else {
      answer(exchange, 503, TEXT, "not ok: " + trouble.get() + "\n");
    }
  }

  private static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    try (exchange) {
      var body = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
