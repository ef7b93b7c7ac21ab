package ai.okchat.operator.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Serves {@code /livez}, {@code /readyz} and {@code /metrics}. */
public final class HealthEndpoints implements AutoCloseable {

  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private final HttpServer server;

  private HealthEndpoints(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts the server, which runs until it is closed.
   *
   * @param port 0: any free one
   * @param alive reason to restart the process; empty if it is alive
   * @param ready reason to delay a rollout; empty if it is ready
   * @param metrics text in the format of Prometheus
   */
  public static HealthEndpoints start(
      int port,
      Supplier<Optional<String>> alive,
      Supplier<Optional<String>> ready,
      Supplier<String> metrics)
      throws IOException {
    var server = HttpServer.create(new InetSocketAddress(port), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/livez", exchange -> respondToCheck(exchange, alive));
    server.createContext("/readyz", exchange -> respondToCheck(exchange, ready));
    server.createContext("/metrics", exchange -> respond(exchange, 200, PROMETHEUS, metrics.get()));
    server.createContext(
        "/", exchange -> respond(exchange, 404, TEXT, "/livez /readyz /metrics\n"));
    server.start();
    return new HealthEndpoints(server);
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static void respondToCheck(HttpExchange exchange, Supplier<Optional<String>> check)
      throws IOException {
    var problem = check.get();
    if (problem.isEmpty()) {
      respond(exchange, 200, TEXT, "ok\n");
    } else {
      respond(exchange, 503, TEXT, "not ok: " + problem.get() + "\n");
    }
  }

  private static void respond(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    try (exchange) {
      var body = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
