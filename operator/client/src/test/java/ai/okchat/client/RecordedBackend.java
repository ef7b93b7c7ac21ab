package ai.okchat.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/**
 * A backend on a real socket that returns the recorded responses in order, and records the
 * requests.
 */
final class RecordedBackend implements AutoCloseable {
  static final ApiKey KEY = ApiKey.of("0123456789abcdef0123456789abcdef0123456789abcdef");
  static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final MockWebServer server = new MockWebServer();
  private final OkHttpClient http = new OkHttpClient();

  /** Actions and outcomes that the observer received. */
  final List<String> observed = new ArrayList<>();

  RecordedBackend() {
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void answers(int status, String json) {
    answers(
        new MockResponse.Builder()
            .code(status)
            .setHeader("Content-Type", "application/json; charset=utf-8")
            .body(json)
            .build());
  }

  void answers(MockResponse response) {
    server.enqueue(response);
  }

  HttpUrl url(String path) {
    return server.url(path);
  }

  OkChatClient client() {
    return client(TIMEOUT);
  }

  OkChatClient client(Duration timeout) {
    return client(new Endpoint(server.url("/"), KEY, timeout), ResponseLimits.DEFAULT);
  }

  OkChatClient client(Endpoint endpoint, ResponseLimits limits) {
    return new OkChatClient(
        http,
        endpoint,
        (action, outcome, latency) -> {
          if (latency.isNegative()) {
            throw new AssertionError("Negative latency");
          }
          observed.add(action + ": " + outcome);
        },
        limits);
  }

  /** Returns the host as messages show it. */
  String host() {
    return server.getHostName() + ":" + server.getPort();
  }

  int requests() {
    return server.getRequestCount();
  }

  /** Returns the whole next request, with a fixed boundary of a form and a fixed port. */
  String request() {
    var request = next();
    var text = new StringBuilder(request.getMethod() + " " + request.getTarget() + "\n");
    var headers = request.getHeaders();
    for (var i = 0; i < headers.size(); i++) {
      text.append(headers.name(i)).append(": ").append(headers.value(i)).append('\n');
    }
    var body = request.getBody();
    text.append('\n').append(body == null ? "" : body.string(UTF_8));
    return steady(text.toString(), request);
  }

  private RecordedRequest next() {
    try {
      return requireNonNull(server.takeRequest(5, TimeUnit.SECONDS), "No request came");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private String steady(String text, RecordedRequest request) {
    var type = request.getHeaders().get("Content-Type");
    var steady = text.replace("\r\n", "\n").replace(host(), "backend");
    return type == null || !type.contains("boundary=")
        ? steady
        : steady.replace(type.substring(type.indexOf("boundary=") + 9), "BOUNDARY");
  }

  static String recorded(String name) {
    try (var stream = RecordedBackend.class.getResourceAsStream("/okchat/" + name)) {
      return new String(requireNonNull(stream, name).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectNode json(String text) {
    try {
      return (ObjectNode) Json.MAPPER.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
    http.connectionPool().evictAll();
    http.dispatcher().executorService().shutdown();
  }
}
