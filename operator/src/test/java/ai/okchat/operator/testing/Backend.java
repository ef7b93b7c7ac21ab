package ai.okchat.operator.testing;

import ai.okchat.sandbox.Sandbox;
import ai.okchat.sandbox.SandboxOptions;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A sandbox of one test, with its levers: faults, the journal, the dashboard's side. */
public final class Backend implements AutoCloseable {

  public static final String API_KEY = "test-key-PLANTED-SECRET";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Sandbox sandbox;
  private final HttpClient http = HttpClient.newHttpClient();

  private Backend(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  public static Backend start() {
    return new Backend(Sandbox.start(SandboxOptions.defaults().withApiKeys(API_KEY + "=ours")));
  }

  /**
   * One whose time is that of the clock.
   *
   * @param keys each {@code KEY=ORGANIZATION}
   */
  public static Backend start(Clock clock, String... keys) {
    return new Backend(Sandbox.start(SandboxOptions.defaults().withApiKeys(keys), clock));
  }

  /** Back to how it was at the start: no bot, no fault, no journal. */
  public void reset() {
    send("POST", "/sandbox/reset", "");
  }

  public String url() {
    return sandbox.url();
  }

  /** A response to an upload that did not reach the backend: no JSON. */
  public static final Map<String, Object> REJECTED_BY_PROXY =
      Map.of(
          "status",
          413,
          "body",
          "FUNCTION_PAYLOAD_TOO_LARGE",
          "headers",
          Map.of("Content-Type", "text/plain"));

  /** One call as the journal has it. */
  public record Call(String endpoint, String method, int status, JsonNode body) {}

  /** All calls so far but the polls. */
  public List<Call> calls() {
    return allCalls().filter(call -> !call.endpoint().equals("list-chatbots")).toList();
  }

  /**
   * One request about one bot, or for all of them.
   *
   * @param at when it arrived
   * @param chatbotId empty where the request names no bot
   */
  public record Request(
      long seq, Instant at, String endpoint, int status, String chatbotId, String fault) {}

  /** The requests after the one with this number, as the journal has them. */
  public List<Request> requestsSince(long seq) {
    var calls = send("GET", "/sandbox/journal?since=" + seq, "").path("calls");
    return StreamSupport.stream(calls.spliterator(), false)
        .map(
            call ->
                new Request(
                    call.path("seq").asLong(),
                    Instant.parse(call.path("at").asText()),
                    call.path("endpoint").asText(),
                    call.path("status").asInt(),
                    call.path("chatbotId").asText(""),
                    call.path("fault").asText("")))
        .toList();
  }

  /** Names of the endpoints of all calls so far but the polls. */
  public List<String> endpoints() {
    return calls().stream().map(Call::endpoint).toList();
  }

  public long count(String endpoint) {
    return allCalls().filter(call -> call.endpoint().equals(endpoint)).count();
  }

  public void clearJournal() {
    send("DELETE", "/sandbox/journal", "");
  }

  /**
   * Makes calls fail.
   *
   * @param more further fields of the fault, such as status or times
   */
  public void fault(String endpoint, String kind, Map<String, Object> more) {
    var fault = new java.util.HashMap<String, Object>(more);
    fault.put("endpoint", endpoint);
    fault.put("kind", kind);
    send("POST", "/sandbox/faults", text(fault));
  }

  public void clearFaults() {
    send("DELETE", "/sandbox/faults", "");
  }

  public void flip(String name, Object value) {
    send("PUT", "/sandbox/switches", text(Map.of(name, value)));
  }

  /** All bots of all accounts, as stored. */
  public List<JsonNode> bots() {
    var all = send("GET", "/sandbox/chatbots", "").path("chatbots");
    return StreamSupport.stream(all.spliterator(), false).toList();
  }

  public JsonNode bot(String id) {
    var answer = send("GET", "/sandbox/chatbots/" + id, "");
    return answer.has("chatbot") ? answer.path("chatbot") : answer;
  }

  /** The documents of a bot, also those that no list shows yet. */
  public List<JsonNode> documents(String botId) {
    var all = send("GET", "/sandbox/chatbots/%s/documents".formatted(botId), "").path("documents");
    return StreamSupport.stream(all.spliterator(), false).toList();
  }

  /** The texts of the documents of a bot, in no order. */
  public List<String> texts(String botId) {
    return documents(botId).stream()
        .map(document -> document.path("id").asText())
        .map(id -> send("GET", "/sandbox/chatbots/%s/documents/%s".formatted(botId, id), ""))
        .map(document -> document.path("content").asText())
        .toList();
  }

  /** Changes a bot as a user of the dashboard would. */
  public void changeInDashboard(String id, Object change) {
    send("PATCH", "/sandbox/chatbots/" + id, text(change));
  }

  public JsonNode createInDashboard(Object bot) {
    var answer = send("POST", "/sandbox/chatbots", text(bot));
    return answer.has("chatbot") ? answer.path("chatbot") : answer;
  }

  public void deleteInDashboard(String id) {
    send("DELETE", "/sandbox/chatbots/" + id, "");
  }

  /** Accepts a key of this organization, and returns the ID of the organization. */
  public String acceptKey(String key, String organization) {
    return send("PUT", "/sandbox/keys", text(Map.of("key", key, "organization", organization)))
        .path("organization_id")
        .asText();
  }

  public void refuseKey(String key) {
    send("DELETE", "/sandbox/keys/" + key, "");
  }

  @Override
  public void close() {
    sandbox.close();
  }

  private Stream<Call> allCalls() {
    var calls = send("GET", "/sandbox/journal", "").path("calls");
    return StreamSupport.stream(calls.spliterator(), false)
        .map(
            call ->
                new Call(
                    call.path("endpoint").asText(),
                    call.path("method").asText(),
                    call.path("status").asInt(),
                    call.path("body")));
  }

  private JsonNode send(String method, String path, String body) {
    var request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    try {
      var response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new IllegalStateException(
            "%s %s: %d %s".formatted(method, path, response.statusCode(), response.body()));
      }
      return response.body().isBlank() ? JSON.nullNode() : JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String text(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
