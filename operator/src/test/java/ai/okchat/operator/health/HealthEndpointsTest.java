package ai.okchat.operator.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // The server is started before each test.
class HealthEndpointsTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String METRICS = "# TYPE okchat_backend_call_seconds histogram\n";

  private final AtomicReference<Optional<String>> whyRestart =
      new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<String>> whyNotReady =
      new AtomicReference<>(Optional.empty());
  private HealthEndpoints server;

  /** Response to a probe. */
  private record Seen(int status, String type, String body) {}

  @BeforeEach
  void start() throws IOException {
    server = HealthEndpoints.start(0, whyRestart::get, whyNotReady::get, () -> METRICS);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void reportsLiveAndReadyProcess() throws Exception {
    // When
    var live = get("/livez");
    var readyNow = get("/readyz");

    // Then
    assertThat(live).isEqualTo(new Seen(200, "text/plain; charset=utf-8", "ok\n"));
    assertThat(readyNow).isEqualTo(live);
  }

  @Test
  void runsEachCheckForEachRequest() throws Exception {
    // Given
    get("/readyz");
    whyNotReady.set(Optional.of("informers are not in sync yet"));

    // When
    var readyNow = get("/readyz");
    var live = get("/livez");

    // Then
    assertThat(readyNow)
        .isEqualTo(
            new Seen(503, "text/plain; charset=utf-8", "not ok: informers are not in sync yet\n"));
    assertThat(live.status()).isEqualTo(200);
  }

  @Test
  void failsLivenessWhenACheckFails() throws Exception {
    // Given
    whyRestart.set(Optional.of("no progress: reconciliations"));

    // When
    var live = get("/livez");

    // Then
    assertThat(live)
        .isEqualTo(
            new Seen(503, "text/plain; charset=utf-8", "not ok: no progress: reconciliations\n"));
  }

  @Test
  void servesMetricsInPrometheusTextFormat() throws Exception {
    // When
    var metrics = get("/metrics");

    // Then
    assertThat(metrics)
        .isEqualTo(new Seen(200, "text/plain; version=0.0.4; charset=utf-8", METRICS));
  }

  @Test
  void otherPathNamesTheThreePaths() throws Exception {
    // When
    var other = get("/healthz");

    // Then
    assertThat(other)
        .isEqualTo(new Seen(404, "text/plain; charset=utf-8", "/livez /readyz /metrics\n"));
  }

  @Test
  void failsToStartWhenPortIsInUse() {
    // When
    var rejection =
        assertThatIOException()
            .isThrownBy(
                () ->
                    HealthEndpoints.start(
                        server.port(), Optional::empty, Optional::empty, () -> ""));

    // Then
    rejection.isInstanceOf(BindException.class);
  }

  @Test
  void doesNotRespondAfterClose() {
    // Given
    server.close();

    // When, Then
    assertThatIOException().isThrownBy(() -> get("/livez"));
  }

  private Seen get(String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).build();
    HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
    return new Seen(
        response.statusCode(),
        response.headers().firstValue("Content-Type").orElse(""),
        response.body());
  }
}
