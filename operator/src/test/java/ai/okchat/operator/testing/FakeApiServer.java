package ai.okchat.operator.testing;

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
 * Replaces the API server in tests of requests to the backend: it serves the Secret of the key,
 * accepts every write, and records it. Other tests cover the effect of the writes on a real one.
 */
public final class FakeApiServer implements AutoCloseable {

  /** One write. */
  public record Write(String method, String path, JsonNode body) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  private final MockWebServer server = new MockWebServer();
  private final AtomicInteger version = new AtomicInteger(1_000);
  private final List<Write> writes = new CopyOnWriteArrayList<>();
  private final AtomicInteger reads = new AtomicInteger();
  private final Map<String, String> keys = new ConcurrentHashMap<>();
  private final Map<String, String> configMaps = new ConcurrentHashMap<>();
  private volatile boolean forbidding;
  private final KubernetesClient client;

  public FakeApiServer() {
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

  public KubernetesClient client() {
    return client;
  }

  /** A Secret that exists from now on. */
  public void holdsKey(String secret, String key) {
    keys.put(secret, key);
  }

  public void losesKey(String secret) {
    keys.remove(secret);
  }

  /** A ConfigMap with this text under the key {@code ca.crt}. */
  public void holdsConfigMap(String name, String text) {
    configMaps.put(name, text);
  }

  /** Responds to every read with 403 from now on. */
  public void forbidsReads() {
    forbidding = true;
  }

  /** Returns the number of objects read so far. */
  public int reads() {
    return reads.get();
  }

  /** All writes so far but Events. */
  public List<Write> writes() {
    return writes.stream().filter(write -> !write.path().endsWith("/events")).toList();
  }

  /** Reasons and messages of the Events so far. */
  public List<String> events() {
    return writes.stream()
        .filter(write -> write.path().endsWith("/events"))
        .map(
            write ->
                write.body().path("reason").asText() + ": " + write.body().path("message").asText())
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
      reads.incrementAndGet();
      return forbidding ? missing(403) : read(path.split("/"));
    }
    var body = parse(request.getBody() == null ? "{}" : request.getBody().string(UTF_8));
    writes.add(new Write(request.getMethod(), path, body.deepCopy()));
    body.withObject("/metadata").put("resourceVersion", version.incrementAndGet() + "");
    return json(200, body);
  }

  private MockResponse read(String[] path) {
    var name = path[path.length - 1];
    var isSecret = path[path.length - 2].equals("secrets");
    var value = isSecret ? keys.get(name) : configMaps.get(name);
    if (value == null) {
      return missing(404);
    }
    var object = JSON.createObjectNode().put("apiVersion", "v1");
    object.put("kind", isSecret ? "Secret" : "ConfigMap");
    object.withObject("/metadata").put("name", name);
    var data = object.withObject("/data");
    if (isSecret) {
      data.put("api-key", Base64.getEncoder().encodeToString(value.getBytes(UTF_8)));
    } else {
      data.put("ca.crt", value);
    }
    return json(200, object);
  }

  private static MockResponse missing(int status) {
    return json(status, JSON.createObjectNode().put("kind", "Status").put("code", status));
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
