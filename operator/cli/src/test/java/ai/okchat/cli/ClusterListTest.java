package ai.okchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists in pages, whose state the API server does not keep forever. */
class ClusterListTest {
  private static final String EXPIRED =
      """
      {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "Expired", "code": 410,
       "message": "The provided continue parameter is too old"}
      """;

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger expirations = new AtomicInteger();
  private final LoopbackServer server = LoopbackServer.start(this::answer);

  @TempDir private Path folder = Path.of("");

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void readsAllPages() throws IOException {
    // When
    var run = run("get", "chatbots", "-o", "name");

    // Then
    assertThat(run).isEqualTo(new PluginRun(ExitCode.YES, "chatbot/one\nchatbot/two\n", ""));
    assertThat(requests).containsExactly("limit=100", "limit=100&continue=next");
  }

  @Test
  void startsAgainWhenTheListExpires() throws IOException {
    // Given
    expirations.set(1);

    // When
    var run = run("get", "chatbots", "-o", "name");

    // Then
    assertThat(run).isEqualTo(new PluginRun(ExitCode.YES, "chatbot/one\nchatbot/two\n", ""));
    assertThat(requests)
        .containsExactly(
            "limit=100", "limit=100&continue=next", "limit=100", "limit=100&continue=next");
  }

  @Test
  void cannotSayIfTheListExpiresEachTime() throws IOException {
    // Given
    expirations.set(Integer.MAX_VALUE);

    // When
    var run = run("status");

    // Then
    assertThat(run)
        .isEqualTo(
            new PluginRun(
                ExitCode.UNKNOWN,
                "",
                "error: The list of chatbotbackends.okchat.ai expired 3 times before its end. Name"
                    + " one namespace, or try again later.\n"));
    assertThat(requests).hasSize(6);
  }

  private PluginRun run(String... arguments) throws IOException {
    var kubeconfig =
        Files.writeString(
            folder.resolve("config"),
            """
            current-context: here
            contexts: [{name: here, context: {cluster: here, user: me, namespace: shop}}]
            clusters: [{name: here, cluster: {server: "%s"}}]
            users: [{name: me, user: {token: secret}}]
            """
                .formatted(server.url()));
    return PluginRun.Given.nothing().with("KUBECONFIG", kubeconfig.toString()).run(arguments);
  }

  private void answer(HttpExchange exchange) throws IOException {
    var query = exchange.getRequestURI().getQuery();
    requests.add(query);
    var isNext = query.contains("continue=");
    if (isNext && expirations.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      LoopbackServer.send(exchange, 410, EXPIRED);
    } else {
      LoopbackServer.send(
          exchange,
          200,
          "{\"metadata\": {\"continue\": \"%s\"}, \"items\": [{\"metadata\": {\"name\": \"%s\"}}]}"
              .formatted(isNext ? "" : "next", isNext ? "two" : "one"));
    }
  }
}
