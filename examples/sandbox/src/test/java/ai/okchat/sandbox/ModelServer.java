package ai.okchat.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server like OpenAI's that returns one response and records the requests. */
final class ModelServer implements AutoCloseable {
  private final HttpServer server;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final int status;
  private final String answer;

  /** One request. */
  record Asked(String line, List<String> authorization, JsonNode body) {}

  private ModelServer(HttpServer server, int status, String answer) {
    this.server = server;
    this.status = status;
    this.answer = answer;
  }

  /** Says this to everything. */
  static ModelServer saying(String text) throws IOException {
    return answering(
        200,
        "{\"choices\": [{\"message\": {\"role\": \"assistant\", \"content\": \"%s\"}}]}"
            .formatted(text));
  }

  static ModelServer answering(int status, String body) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var model = new ModelServer(HttpServer.create(address, 0), status, body);
    model.server.createContext("/", model::answer);
    model.server.start();
    return model;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
  }

  List<Asked> asked() {
    return List.copyOf(asked);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      asked.add(
          new Asked(
              exchange.getRequestMethod() + " " + exchange.getRequestURI(),
              exchange.getRequestHeaders().getOrDefault("Authorization", List.of()),
              Api.json(body)));
      var bytes = answer.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
