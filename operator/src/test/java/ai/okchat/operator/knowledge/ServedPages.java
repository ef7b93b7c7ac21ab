package ai.okchat.operator.knowledge;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** A site of Markdown pages on loopback. The ETag of a page is its text. */
final class ServedPages implements AutoCloseable {

  private final MockWebServer server = new MockWebServer();
  private final Map<String, String> pages = new ConcurrentHashMap<>();
  private final Set<String> failing = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> paused = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile CountDownLatch gate = new CountDownLatch(0);

  void start() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
            return respond(request);
          }
        });
    server.start();
  }

  String link(String path) {
    return server.url(path).toString();
  }

  void serve(String path, String text) {
    pages.put(path, text);
  }

  /** Responds to requests for this path with 503 from now on. */
  void fail(String path) {
    failing.add(path);
  }

  /** Responds to requests for this path with 429 until the resumption. */
  void pause(String path, int seconds) {
    paused.put(path, seconds);
  }

  void resume() {
    paused.clear();
  }

  /** Responds to no request for a page until the release. */
  void hold() {
    gate = new CountDownLatch(1);
  }

  void release() {
    gate.countDown();
  }

  /** Returns the requests for pages, each with the text that the client has. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    release();
    server.close();
  }

  private MockResponse respond(RecordedRequest request) throws InterruptedException {
    var path = request.getUrl().encodedPath();
    if (failing.contains(path)) {
      return new MockResponse.Builder().code(503).build();
    }
    var seconds = paused.get(path);
    if (seconds != null) {
      return new MockResponse.Builder().code(429).setHeader("Retry-After", seconds).build();
    }
    var text = pages.get(path);
    if (text == null) {
      return new MockResponse.Builder().code(404).build();
    }
    var known = request.getHeaders().get("If-None-Match");
    requests.add("GET " + path + (known == null ? "" : " unless " + known.replace("\"", "")));
    gate.await();
    var etag = '"' + text + '"';
    return etag.equals(known)
        ? new MockResponse.Builder().code(304).build()
        : new MockResponse.Builder()
            .setHeader("Content-Type", "text/markdown")
            .setHeader("ETag", etag)
            .body(text)
            .build();
  }
}
