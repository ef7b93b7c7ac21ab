package ai.okchat.operator.chatbot;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A backend of a tenant that responds to a create with the ID and organization of a victim. */
final class HostileBackend implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer http;
  private final Map<String, ObjectNode> bots = new LinkedHashMap<>();
  private String victim = "";
  private String organization = "";

  HostileBackend() {
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.createContext("/", this::serve);
    http.start();
  }

  String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /** Sets the bot that it returns as its own from now on. */
  synchronized void impersonate(String id, String organizationId) {
    victim = id;
    organization = organizationId;
  }

  synchronized void reset() {
    bots.clear();
    impersonate("hostile-bot", "hostile-organization");
  }

  @Override
  public void close() {
    http.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readAllBytes();
      var response = respond(exchange, body);
      var bytes = response.toString().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(response.has("error") ? 404 : 200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private synchronized ObjectNode respond(HttpExchange exchange, byte[] body) throws IOException {
    var path = exchange.getRequestURI().getPath();
    var answer = JSON.createObjectNode();
    if (exchange.getRequestMethod().equals("POST")) {
      var bot = (ObjectNode) JSON.readTree(body);
      bot.put("id", victim).put("organization_id", organization);
      bots.put(victim, bot);
      return answer.set("chatbot", bot);
    }
    if (path.endsWith("/chatbots") && exchange.getRequestMethod().equals("GET")) {
      bots.values().forEach(answer.putArray("chatbots")::add);
      return answer;
    }
    if (exchange.getRequestMethod().equals("PATCH")) {
      return answer.set("chatbot", bots.values().iterator().next());
    }
    var id = path.substring(path.lastIndexOf('/') + 1);
    var bot = exchange.getRequestMethod().equals("DELETE") ? bots.remove(id) : bots.get(id);
    return bot == null ? answer.put("error", "not found") : answer.set("chatbot", bot);
  }
}
