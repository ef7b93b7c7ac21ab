package ai.okchat.operator.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.OperatorFixture;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Slow sites, beside objects that do not depend on them. */
final class SlowSitesIT {

  private static final int SITES = 14;

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  private final KnowledgeFixture knowledge = new KnowledgeFixture(world);
  private final CountDownLatch release = new CountDownLatch(1);
  private final MockWebServer site = new MockWebServer();

  @BeforeEach
  void startTheSite() throws IOException {
    site.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
            if (request.getUrl().encodedPath().equals("/robots.txt")) {
              return new MockResponse.Builder().code(404).build();
            }
            release.await();
            return new MockResponse.Builder()
                .addHeader("Content-Type", "text/markdown")
                .body("A page.")
                .build();
          }
        });
    site.start();
  }

  @AfterEach
  void stopTheSite() {
    release.countDown();
    site.close();
  }

  @Test
  @DisplayName(
      "T68: slow sites stop neither other sources nor drift corrections, and nothing polls")
  void reconcilesOtherObjectsWhileSitesAreSlow() {
    // Given
    var bot = knowledge.readyBot("support");
    for (var i = 0; i < SITES; i++) {
      knowledge.apply("site-" + i, "web: {urls: ['%s']}".formatted(site.url("/page-" + i)));
    }
    for (var i = 0; i < SITES; i++) {
      knowledge.awaitReason("site-" + i, ConditionType.Ready, Reason.Ingesting);
    }

    // When
    var before = reconciliations();
    world.awaitPolls(3);
    var meanwhile = reconciliations();
    knowledge.apply("docs", "documents: [{name: hours, text: 'Always.'}]");
    knowledge.awaitReady("docs");
    world.backend().changeInDashboard(bot, Map.of("name", "Drifted"));
    Awaitility.await("correction of drift")
        .atMost(OperatorFixture.PATIENCE)
        .until(() -> world.backend().endpoints().contains("update-chatbot"));
    var early = knowledge.names(bot);
    release.countDown();

    // Then
    for (var i = 0; i < SITES; i++) {
      knowledge.awaitReady("site-" + i);
    }
    assertThat(meanwhile).isEqualTo(before);
    assertThat(early).containsExactly("hours");
    assertThat(knowledge.titles(bot)).hasSize(SITES + 1);
  }

  /** Lines of the metrics that count the reconciliations of KnowledgeSources. */
  private List<String> reconciliations() {
    var link = "http://127.0.0.1:%d/metrics".formatted(world.operator().managementPort());
    try (var http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(URI.create(link)).build(), BodyHandlers.ofString())
          .body()
          .lines()
          .filter(line -> line.startsWith("okchat_reconcile_seconds_count"))
          .filter(line -> line.contains("KnowledgeSource"))
          .toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
