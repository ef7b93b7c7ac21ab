package ai.okchat.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A real browser without a window, driven by the Chrome DevTools protocol. */
final class Chromium implements AutoCloseable, WebSocket.Listener {
  private static final List<String> PROGRAMS =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final WebSocket page;
  private final StringBuilder received = new StringBuilder();
  private volatile CompletableFuture<JsonNode> response = new CompletableFuture<>();

  private Chromium(Process process, int port) throws IOException, InterruptedException {
    this.process = process;
    var link = URI.create("http://127.0.0.1:%d/json/new?about:blank".formatted(port));
    var request = HttpRequest.newBuilder(link).PUT(HttpRequest.BodyPublishers.noBody()).build();
    var tab = JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    page =
        http.newWebSocketBuilder()
            .buildAsync(URI.create(tab.path("webSocketDebuggerUrl").asText()), this)
            .join();
  }

  /** Returns the program of this machine; empty if none is on the PATH. */
  static Optional<Path> program() {
    return Stream.of(System.getenv("PATH").split(":"))
        .flatMap(folder -> PROGRAMS.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Chromium start(Path program, Path folder) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--window-size=1200,800",
                "--user-data-dir=" + folder,
                "--remote-debugging-port=0")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("chromium.log").toFile())
            .start();
    var ports = folder.resolve("DevToolsActivePort");
    Awaitility.await("start of Chromium")
        .atMost(Duration.ofMinutes(1))
        .until(() -> Files.exists(ports) && Files.readAllLines(ports).size() > 1);
    return new Chromium(process, Integer.parseInt(Files.readAllLines(ports).getFirst()));
  }

  /** Opens a page, and returns when its scripts have run. */
  void open(String url) {
    call("Page.navigate", Map.of("url", url));
    await("document.readyState === 'complete' && location.href.startsWith('%s')".formatted(url));
  }

  /** Returns the value of a JavaScript expression. */
  JsonNode evaluate(String expression) {
    var result = call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
    return result.at("/result/result/value");
  }

  /** Returns when a JavaScript expression is true. */
  void await(String expression) {
    Awaitility.await(expression)
        .atMost(Duration.ofSeconds(30))
        .until(() -> evaluate(expression).asBoolean());
  }

  /** Returns a picture of the page as PNG. */
  byte[] screenshot() {
    var result = call("Page.captureScreenshot", Map.of("format", "png"));
    return Base64.getDecoder().decode(result.at("/result/data").asText());
  }

  private synchronized JsonNode call(String method, Map<String, Object> parameters) {
    response = new CompletableFuture<>();
    var message = JSON.valueToTree(Map.of("id", 1, "method", method, "params", parameters));
    page.sendText(message.toString(), true).join();
    return response.orTimeout(30, TimeUnit.SECONDS).join();
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    received.append(data);
    if (last) {
      try {
        var message = JSON.readTree(received.toString());
        if (message.has("id")) {
          response.complete(message);
        }
      } catch (IOException e) {
        response.completeExceptionally(e);
      }
      received.setLength(0);
    }
    socket.request(1);
    return null;
  }

  @Override
  public void close() {
    page.abort();
    http.close();
    process.destroyForcibly().onExit().join();
  }
}
