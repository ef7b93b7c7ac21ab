package ai.okchat.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/** Watches the objects of one kind in one namespace, and records when they become Ready. */
final class ReadyWatch implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The {@link System#nanoTime()} at which each object was first observed as Ready, by name. */
  private final Map<String, Long> ready = new ConcurrentHashMap<>();

  private final OkHttpClient http;
  private final Request request;
  private volatile long lastNews = System.nanoTime();
  private volatile boolean closed;
  private volatile Call call;

  private ReadyWatch(OkHttpClient http, Request request) {
    this.http = http;
    this.request = request;
    this.call = http.newCall(request);
  }

  /** Watches all objects, starting with the existing ones. */
  static ReadyWatch open(ApiServer api, String namespace, String plural) {
    return open(api, namespace, plural, "");
  }

  /** Watches only one object, so that other objects cause no work. */
  static ReadyWatch openOne(ApiServer api, String namespace, String plural, String name) {
    return open(api, namespace, plural, "&fieldSelector=metadata.name%3D" + name);
  }

  private static ReadyWatch open(ApiServer api, String namespace, String plural, String filter) {
    var server = api.http();
    var request =
        new Request.Builder()
            .url(server.base() + Manifests.API + namespace + "/" + plural + "?watch=true" + filter)
            .header(server.header().name(), server.header().value())
            .build();
    var watch = new ReadyWatch(api.patient(), request);
    Thread.ofVirtual().name("watch-" + plural).start(watch::readUntilClosed);
    return watch;
  }

  /** Waits for this number of Ready objects. Returns the {@link System#nanoTime()} of the last. */
  long await(int number) {
    Wait.until(number + " Ready", () -> ready.size() >= number);
    return lastNews;
  }

  /** Waits until this object is Ready. Returns the {@link System#nanoTime()} of that. */
  long await(String name) {
    Wait.until(name + " Ready", () -> ready.containsKey(name));
    return Objects.requireNonNull(ready.get(name));
  }

  @Override
  public void close() {
    closed = true;
    call.cancel();
  }

  /** The API server ends a watch that is too slow; the next one starts with all objects. */
  private void readUntilClosed() {
    while (!closed) {
      read();
      call = http.newCall(request);
    }
  }

  private void read() {
    try (var response = call.execute();
        var events =
            JSON.readerFor(JsonNode.class).<JsonNode>readValues(response.body().byteStream())) {
      while (events.hasNext()) {
        take(events.next().path("object"));
      }
    } catch (IOException | RuntimeException e) {
      if (!closed) {
        Wait.pause(Duration.ofMillis(100));
      }
    }
  }

  private void take(JsonNode object) {
    var conditions = object.at("/status/conditions");
    var isReady =
        StreamSupport.stream(conditions.spliterator(), false)
            .anyMatch(
                condition ->
                    condition.path("type").asText().equals("Ready")
                        && condition.path("status").asText().equals("True"));
    var now = System.nanoTime();
    if (isReady && ready.putIfAbsent(object.at("/metadata/name").asText(), now) == null) {
      lastNews = now;
    }
  }
}
