package ai.okchat.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import okhttp3.Call;
import okhttp3.Request;

/** Which objects of one kind in one namespace are Ready, from a watch. */
final class ReadyWatch implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Set<String> ready = ConcurrentHashMap.newKeySet();
  private final Call call;
  private volatile long lastNews = System.nanoTime();

  private ReadyWatch(Call call) {
    this.call = call;
  }

  /** From the objects that are there now on. */
  static ReadyWatch open(ApiServer api, String namespace, String plural) {
    var http = api.http();
    var request =
        new Request.Builder()
            .url(http.base() + Manifests.API + namespace + "/" + plural + "?watch=true")
            .header(http.header().name(), http.header().value())
            .build();
    var watch = new ReadyWatch(api.patient().newCall(request));
    Thread.ofVirtual().name("watch-" + plural).start(watch::read);
    return watch;
  }

  /** Returns when so many are; the {@link System#nanoTime()} at which the last of them was seen. */
  long await(int number) {
    Wait.until(number + " Ready", () -> ready.size() >= number);
    return lastNews;
  }

  int count() {
    return ready.size();
  }

  @Override
  public void close() {
    call.cancel();
  }

  private void read() {
    try (var answer = call.execute();
        var events =
            JSON.readerFor(JsonNode.class).<JsonNode>readValues(answer.body().byteStream())) {
      while (events.hasNext()) {
        take(events.next().path("object"));
      }
    } catch (IOException | RuntimeException e) {
      if (!call.isCanceled()) {
        throw new IllegalStateException("the benchmark's watch ended", e);
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
    if (isReady && ready.add(object.at("/metadata/name").asText())) {
      lastNews = System.nanoTime();
    }
  }
}
