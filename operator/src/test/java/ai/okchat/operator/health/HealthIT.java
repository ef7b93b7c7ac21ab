package ai.okchat.operator.health;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.HangingCalls;
import ai.okchat.operator.testing.OperatorFixture;
import ai.okchat.operator.testing.Scrape;
import ai.okchat.operator.testing.TestedOperator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import okhttp3.Interceptor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Health of a real operator in the probes of Kubernetes. */
final class HealthIT {

  private static final String WELL = "200 ok\n";

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  private final StoppedClock clock = new StoppedClock();

  @AfterEach
  void end() {
    clock.letGo();
  }

  @Test
  void stuckEventLoopFailsLiveness() {
    // Given
    start(TestedOperator.NO_FAULT);
    world.connectBackend();
    assertThat(probe("/livez")).isEqualTo(WELL);

    // When
    clock.holdEvents();
    world.applyChatbot("support");
    awaitStandstill();

    // Then
    awaitProbe("503 not ok: no progress: events of Chatbot\n");

    // And once it moves, all is well, and nothing was lost.
    clock.letGo();
    awaitProbe(WELL);
    world.awaitReady("support");
  }

  @Test
  void timersWaitForTheirNextTask() {
    // Given
    start(TestedOperator.NO_FAULT);
    world.connectBackend();

    // When
    world.applyChatbot("support");
    world.awaitReady("support");

    // Then: a thread beyond the core of its pool asks for a task every 10 ms.
    assertThat(Thread.getAllStackTraces())
        .allSatisfy(
            (thread, frames) ->
                assertThat(frames)
                    .as(thread.getName())
                    .noneMatch(
                        frame ->
                            frame.getClassName().endsWith("$DelayedWorkQueue")
                                && frame.getMethodName().equals("poll")));
  }

  @Test
  void endlessReconciliationsFailLivenessWhenObjectsWait() {
    // Given
    var release = new CountDownLatch(1);
    start(new HangingCalls("POST", "/api/external/", release));
    world.connectBackend();
    for (var number = 1; number <= 12; number++) {
      world.applyChatbot("bot-" + number);
    }
    Awaitility.await()
        .atMost(OperatorFixture.PATIENCE)
        .until(
            () ->
                Scrape.of(world.operator().managementPort())
                        .value("okchat_reconcile_queue_depth", Map.of("kind", "Chatbot"))
                    == 4);
    assertThat(probe("/livez")).isEqualTo(WELL);

    // When
    clock.leap(Duration.ofMinutes(12));

    // Then
    awaitProbe("503 not ok: no progress: reconciliations\n");
    release.countDown();
    awaitProbe(WELL);
  }

  @Test
  void oneEndlessReconciliationFailsLivenessWhileNoObjectWaits() {
    // Given
    var release = new CountDownLatch(1);
    start(new HangingCalls("POST", "/api/external/", release));
    world.connectBackend();
    world.applyChatbot("support");
    Awaitility.await()
        .atMost(OperatorFixture.PATIENCE)
        .until(
            () ->
                Scrape.of(world.operator().managementPort())
                        .value("okchat_reconcile_running", Map.of("kind", "Chatbot"))
                    == 1);
    clock.leap(Duration.ofHours(5));
    awaitProbe(WELL);

    // When
    clock.leap(Duration.ofHours(2));

    // Then
    Awaitility.await()
        .atMost(OperatorFixture.PATIENCE)
        .until(
            () -> probe("/livez"),
            answer ->
                answer.startsWith(
                    "503 not ok: the reconciliation of Chatbot %s/support has been running since 20"
                        .formatted(world.namespace())));
    release.countDown();
    awaitProbe(WELL);
  }

  @Test
  void isReadyOnlyWhenItsInformersAreSynced()
      throws IOException, InterruptedException, ExecutionException {
    // Given
    world.stopOperator();
    var release = new CountDownLatch(1);
    var config = TestedOperator.watching(world.namespace(), false, freePort());
    try (var starter = Executors.newVirtualThreadPerTaskExecutor()) {
      var starting =
          starter.submit(
              () ->
                  TestedOperator.start(
                      config,
                      world.userAgent(),
                      Clock.systemUTC(),
                      new HangingCalls("GET", "/apis/okchat.ai/v1alpha1/", release)));
      Awaitility.await()
          .atMost(OperatorFixture.PATIENCE)
          .ignoreExceptions()
          .until(() -> probe(config.managementPort(), "/livez").equals(WELL));

      // When
      var before = probe(config.managementPort(), "/readyz");
      release.countDown();
      try (var _ = starting.get()) {
        var after = probe(config.managementPort(), "/readyz");

        // Then
        assertThat(before).isEqualTo("503 not ok: informers are not in sync yet\n");
        assertThat(after).isEqualTo(WELL);
      }
    }
  }

  @Test
  void replicaWithoutLeaseIsReadyAndCountsNothing() {
    // Given
    world.stopOperator();
    var config = TestedOperator.watching(world.namespace(), true);
    try (var leader =
        TestedOperator.start(
            config, world.userAgent(), Clock.systemUTC(), TestedOperator.NO_FAULT)) {
      world.connectBackend();
      Awaitility.await().atMost(OperatorFixture.PATIENCE).until(() -> objects(leader) == 1);

      // When
      try (var standby =
          TestedOperator.start(
              config, world.userAgent(), Clock.systemUTC(), TestedOperator.NO_FAULT)) {

        // Then
        var port = standby.running().managementPort();
        assertThat(probe(port, "/readyz")).isEqualTo(WELL);
        assertThat(probe(port, "/livez")).isEqualTo(WELL);
        assertThat(Scrape.of(port).value("okchat_leader", Map.of())).isZero();
        assertThat(objects(standby)).isZero();
        assertThat(objects(leader)).isEqualTo(1);
      }
    }
  }

  private static double objects(TestedOperator operator) {
    return Scrape.of(operator.running().managementPort()).samples().stream()
        .filter(sample -> sample.name().equals("okchat_resources"))
        .mapToDouble(Scrape.Sample::value)
        .sum();
  }

  private void start(Interceptor everyCall) {
    world.stopOperator();
    world.startOperator(clock, everyCall);
  }

  /**
   * Waits until a thread is blocked with the lock of the loop, and moves the clock by more than a
   * minute.
   */
  private void awaitStandstill() {
    Awaitility.await()
        .atMost(OperatorFixture.PATIENCE)
        .until(
            () ->
                Thread.getAllStackTraces().values().stream()
                    .anyMatch(
                        trace ->
                            Arrays.stream(trace)
                                .anyMatch(frame -> frame.getClassName().endsWith("StoppedClock"))));
    clock.leap(LivenessCheck.PATIENCE.plusSeconds(1));
  }

  private void awaitProbe(String answer) {
    Awaitility.await("livez " + answer)
        .atMost(OperatorFixture.PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> probe("/livez").equals(answer));
  }

  private String probe(String path) {
    return probe(world.operator().managementPort(), path);
  }

  private static String probe(int port, String path) {
    try (var http = HttpClient.newHttpClient()) {
      var uri = URI.create("http://127.0.0.1:%d%s".formatted(port, path));
      var answer = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
