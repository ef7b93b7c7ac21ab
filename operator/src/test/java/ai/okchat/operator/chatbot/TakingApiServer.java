package ai.okchat.operator.chatbot;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/**
 * Stands where the API server is, for tests of what is sent to the backend: it hands out the Secret
 * of the key, takes every write as it comes, and remembers it. What a real one makes of the writes
 * is for the tests on a real one.
 */
final class TakingApiServer implements AutoCloseable {

  /** One write. */
  record Write(String method, String path, JsonNode body) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  private final MockWebServer server = new MockWebServer();
  private final AtomicInteger version = new AtomicInteger(1_000);
  private final List<Write> writes = new CopyOnWriteArrayList<>();
  private final Map<String, String> keys = new ConcurrentHashMap<>();
  private final KubernetesClient client;

  TakingApiServer() {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return answer(request);
          }
        });
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(Config.empty()).withMasterUrl(server.url("/").toString()).build())
            .build();
  }

  KubernetesClient client() {
    return client;
  }

  /** A Secret that exists from now on. */
  void holdsKey(String secret, String key) {
    keys.put(secret, key);
  }

  void losesKey(String secret) {
    keys.remove(secret);
  }

  /** All writes so far but Events. */
  List<Write> writes() {
    return writes.stream().filter(it -> !it.path().endsWith("/events")).toList();
  }

  /** Reasons and messages of the Events so far. */
  List<String> events() {
    return writes.stream()
        .filter(it -> it.path().endsWith("/events"))
        .map(it -> it.body().path("reason").asText() + ": " + it.body().path("message").asText())
        .toList();
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }

  private MockResponse answer(RecordedRequest request) {
    var path = request.getUrl().encodedPath();
    if (request.getMethod().equals("GET")) {
      return secret(path.substring(path.lastIndexOf('/') + 1));
    }
    var body = parse(request.getBody() == null ? "{}" : request.getBody().string(UTF_8));
    writes.add(new Write(request.getMethod(), path, body.deepCopy()));
    body.withObject("/metadata").put("resourceVersion", version.incrementAndGet() + "");
    return json(200, body);
  }

  private MockResponse secret(String name) {
    var key = keys.get(name);
    if (key == null) {
      return json(404, JSON.createObjectNode().put("kind", "Status").put("code", 404));
    }
    var secret = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Secret");
    secret.withObject("/metadata").put("name", name);
    secret
        .withObject("/data")
        .put("api-key", Base64.getEncoder().encodeToString(key.getBytes(UTF_8)));
    return json(200, secret);
  }

  private static MockResponse json(int status, JsonNode body) {
    return new MockResponse.Builder()
        .code(status)
        .setHeader("Content-Type", "application/json")
        .body(body.toString())
        .build();
  }

  private static ObjectNode parse(String text) {
    try {
      return (ObjectNode) JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
