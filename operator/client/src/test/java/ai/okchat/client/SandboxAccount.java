package ai.okchat.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.sandbox.Sandbox;
import ai.okchat.sandbox.SandboxOptions;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;

/** An account of a sandbox of its own, spoken to over HTTP. */
final class SandboxAccount implements AutoCloseable {
  private final Sandbox sandbox = Sandbox.start(SandboxOptions.defaults());
  private final OkHttpClient http = new OkHttpClient();

  /** Actions and outcomes that the observer received. */
  final List<String> observed = new ArrayList<>();

  OkChatClient client() {
    return client(sandbox.apiKey());
  }

  OkChatClient client(String key) {
    var endpoint = new Endpoint(HttpUrl.get(sandbox.url()), ApiKey.of(key), Duration.ofSeconds(20));
    return new OkChatClient(
        http, endpoint, (action, outcome, latency) -> observed.add(action + ": " + outcome));
  }

  /** The id of a bot made from the published example. */
  String newBot() {
    return client().createChatbot(body("bot-" + UUID.randomUUID())).id();
  }

  static ObjectNode body(String slug) {
    var body = RecordedBackend.json(RecordedBackend.recorded("create-chatbot-request.json"));
    return body.put("slug", slug);
  }

  static Upload file(String name, String text) {
    return Upload.of(name, "text/markdown", text.getBytes(UTF_8));
  }

  /** Fills in something that the reference leaves open. */
  void set(String name, Object value) {
    control("PUT", "/sandbox/switches", Json.MAPPER.createObjectNode().putPOJO(name, value));
  }

  /** Makes the next call of an endpoint go wrong. */
  void failOnce(String endpoint, String kind) {
    var fault = Json.MAPPER.createObjectNode().put("endpoint", endpoint).put("kind", kind);
    control("POST", "/sandbox/faults", fault.put("times", 1));
  }

  private void control(String method, String path, ObjectNode body) {
    var json = RequestBody.create(body.toString(), MediaType.get("application/json"));
    var request = new Request.Builder().url(sandbox.url() + path).method(method, json).build();
    try (var response = http.newCall(request).execute()) {
      assertThat(response.isSuccessful()).as(response.body().string()).isTrue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    sandbox.close();
    http.connectionPool().evictAll();
    http.dispatcher().executorService().shutdown();
  }
}
