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

/** Which objects of one kind in one namespace are Ready, from a watch. */
final class ReadyWatch implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** When each was first seen, by {@link System#nanoTime()}. */
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

  /** From the objects that are there now on. */
  static ReadyWatch open(ApiServer api, String namespace, String plural) {
    return open(api, namespace, plural, "");
  }

  /** Of one object only, so that watching costs nothing where there are many. */
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

  /** Returns when so many are; the {@link System#nanoTime()} at which the last of them was seen. */
  long await(int number) {
    Wait.until(number + " Ready", () -> ready.size() >= number);
    return lastNews;
  }

  /** Returns when this one is; the {@link System#nanoTime()} at which that was seen. */
  long await(String name) {
    Wait.until(name + " Ready", () -> ready.containsKey(name));
    return Objects.requireNonNull(ready.get(name));
  }

  @Override
  public void close() {
    closed = true;
    call.cancel();
  }

  /** An API server ends a watch that does not keep up; the next begins with all there is. */
  private void readUntilClosed() {
    while (!closed) {
      read();
      call = http.newCall(request);
    }
  }

  private void read() {
    try (var answer = call.execute();
        var events =
            JSON.readerFor(JsonNode.class).<JsonNode>readValues(answer.body().byteStream())) {
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
                it ->
                    it.path("type").asText().equals("Ready")
                        && it.path("status").asText().equals("True"));
    var now = System.nanoTime();
    if (isReady && ready.putIfAbsent(object.at("/metadata/name").asText(), now) == null) {
      lastNews = now;
    }
  }
}
