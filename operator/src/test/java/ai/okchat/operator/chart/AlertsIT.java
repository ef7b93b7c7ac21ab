package ai.okchat.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.Backend;
import ai.okchat.operator.testing.LeapingClock;
import ai.okchat.operator.testing.Scrape;
import ai.okchat.operator.testing.TestedOperator;
import ai.okchat.operator.testing.World;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The alerts of the chart, evaluated by Prometheus over the metrics of runs in which their causes
 * are provoked. The operator's clock leaps five minutes from scrape to scrape.
 */
final class AlertsIT {

  @RegisterExtension final World world = new World();

  private final LeapingClock clock = new LeapingClock();
  private final Replay replay = new Replay();

  @BeforeEach
  void startWithAClockThatLeaps() {
    start(TestedOperator.NO_FAULT);
    world.connectBackend();
  }

  @Test
  void nothingFiresWhereAllIsWellOrLeftAloneOnPurpose() {
    // Given
    world.applyChatbot("support");
    world.applyChatbot("suspended-later");
    world.awaitReady("support");
    world.awaitReady("suspended-later");
    world.applyChatbot("suspended-later", "suspend: true", "greeting: Hello");
    world.applyChatbot("never-looked-at", "suspend: true");
    awaitPaused("suspended-later");
    awaitPaused("never-looked-at");

    // When
    passSteps(10);

    // Then
    assertThat(replay.firing(List.of())).isEmpty();
  }

  @Test
  void aBackendThatIsDownFiresUntilItIsBack() {
    // Given
    world.applyChatbot("support");
    world.awaitReady("support");
    passSteps(2);
    assertThat(replay.firing(List.of())).isEmpty();

    // When
    world.backend().fault("*", "status", Map.of("status", 503));
    world.awaitBackendReason(Reason.BackendUnavailable);
    passSteps(7);

    // Then
    assertThat(
            replay.firing(
                List.of(
                    alert("OkchatBackendDown", "ChatbotBackend", Reason.BackendUnavailable),
                    Map.of("alertname", "OkchatBackendCallsFail"))))
        .isEmpty();

    // And once it answers again, nothing fires.
    world.backend().clearFaults();
    world.awaitBackendReason(Reason.Ready);
    passSteps(4);
    assertThat(replay.firing(List.of())).isEmpty();
  }

  @Test
  void aKeyThatIsRejectedFires() {
    // Given
    world.applyChatbot("support");
    world.awaitReady("support");

    // When
    world.backend().refuseKey(Backend.API_KEY);
    world.awaitBackendReason(Reason.CredentialsRejected);
    passSteps(7);

    // Then
    assertThat(
            replay.firing(
                List.of(
                    Map.of("alertname", "OkchatCredentialsRejected", "kind", "ChatbotBackend"),
                    Map.of("alertname", "OkchatBackendCallsFail"))))
        .isEmpty();
  }

  @Test
  void aChatbotThatIsNotReadyForLongFires() {
    // Given
    world.applyChatbot("support", "promptFrom: {configMapKeyRef: {name: prompts, key: support}}");
    world.awaitReason("support", Reason.ReferenceNotFound);

    // When
    passSteps(9);

    // Then
    assertThat(
            replay.firing(
                List.of(alert("OkchatObjectsNotReady", "Chatbot", Reason.ReferenceNotFound))))
        .isEmpty();
  }

  @Test
  void driftThatIsContestedFires() {
    // Given
    world.applyChatbot("support");
    var id = world.awaitId("support");

    // When
    for (var times = 0; times < 3; times++) {
      changeAndAwait(id, it -> "Bot support".equals(world.backend().bot(id).path("name").asText()));
    }
    changeAndAwait(id, AlertsIT::isContested);
    passSteps(3);

    // Then
    assertThat(
            replay.firing(List.of(Map.of("alertname", "OkchatDriftContested", "kind", "Chatbot"))))
        .isEmpty();
  }

  @Test
  void aQueueThatStandsStillFires() {
    // Given
    var release = new CountDownLatch(1);
    start(chain -> hang(chain, release));
    for (var number = 1; number <= 112; number++) {
      world.applyChatbot("bot-" + number);
    }
    Awaitility.await("objects that wait")
        .atMost(World.PATIENCE)
        .until(() -> chatbots("okchat_reconcile_queue_depth") == 102);

    // When
    passSteps(8);
    release.countDown();

    // Then
    assertThat(
            replay.firing(
                List.of(
                    Map.of("alertname", "OkchatQueueStuck", "kind", "Chatbot"),
                    Map.of("alertname", "OkchatReconcileBacklog", "kind", "Chatbot"),
                    Map.of(
                        "alertname",
                        "OkchatObjectsNotReady",
                        "kind",
                        "Chatbot",
                        "reason",
                        "Unseen"))))
        .isEmpty();
  }

  @Test
  void aBackendThatLimitsItsAccountForLongFires() {
    // Given
    world.applyChatbot("support");
    world.awaitReady("support");

    // When
    world.backend().fault("*", "status", Map.of("status", 429));
    world.awaitBackendReason(Reason.RateLimited);
    passSteps(9);

    // Then
    assertThat(
            replay.firing(
                List.of(
                    Map.of("alertname", "OkchatBackendHeld", "kind", "ChatbotBackend"),
                    Map.of("alertname", "OkchatBackendCallsFail"))))
        .isEmpty();
  }

  @Test
  void aDocumentThatCanNotBeIngestedFires() {
    // Given
    world.applyChatbot("support");
    world.awaitReady("support");
    world.apply(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: handbook}
        data: {good.md: We open at nine., bad.exe: MZ}
        ---
        apiVersion: okchat.ai/v1alpha1
        kind: KnowledgeSource
        metadata: {name: handbook}
        spec:
          chatbotRef: {name: support}
          configMap: {name: handbook}
        """);
    Awaitility.await("failed documents")
        .atMost(World.PATIENCE)
        .until(() -> scrape().value("okchat_documents", Map.of("state", "failed")) == 1);

    // When
    passSteps(14);

    // Then
    assertThat(
            replay.firing(
                List.of(
                    alert("OkchatObjectsNotReady", "KnowledgeSource", Reason.DocumentsFailed),
                    Map.of("alertname", "OkchatDocumentsFailed"))))
        .isEmpty();
  }

  @Test
  void somethingThatIsLeftBehindFires() {
    // Given
    world.applyChatbot("another");
    world.applyChatbot("support");
    world.awaitReady("support");
    passSteps(1);
    world.backend().fault("delete-chatbot", "status", Map.of("status", 503));
    world
        .chatbots("support")
        .edit(
            it -> {
              it.getMetadata().getAnnotations().put("okchat.ai/deletion-deadline", "1s");
              return it;
            });

    // When
    world.chatbots("support").delete();
    world.awaitGone("support");
    passSteps(1);

    // Then
    assertThat(replay.firing(List.of(Map.of("alertname", "OkchatOrphanLeft")))).isEmpty();
  }

  @Test
  void aDeletionThatDoesNotEndFires() {
    // Given
    world.applyChatbot("support");
    world.awaitReady("support");
    world.backend().fault("delete-chatbot", "status", Map.of("status", 503));

    // When
    world.chatbots("support").delete();
    world.awaitReason("support", Reason.DeletionBlocked);
    passSteps(15);

    // Then
    assertThat(
            replay.firing(List.of(Map.of("alertname", "OkchatDeletionBlocked", "kind", "Chatbot"))))
        .isEmpty();
  }

  @Test
  void anOperatorThatIsNotThereFires() {
    // Given
    for (var step = 0; step < 4; step++) {
      replay.add(Scrape.parse(""));
    }

    // Then
    assertThat(replay.firing(List.of(Map.of("alertname", "OkchatOperatorAbsent")))).isEmpty();
  }

  private void start(Interceptor everyCall) {
    world.stopOperator();
    world.startOperator(clock, everyCall);
  }

  /** Five minutes for the operator; one poll, and one scrape at the end. */
  private void passSteps(int steps) {
    for (var step = 0; step < steps; step++) {
      clock.leap(Replay.STEP);
      world.awaitPolls(1);
      replay.add(scrape());
    }
  }

  private Scrape scrape() {
    return Scrape.of(world.operator().managementPort());
  }

  private double chatbots(String metric) {
    return scrape().value(metric, Map.of("kind", "Chatbot"));
  }

  private void changeAndAwait(String id, Predicate<Chatbot> then) {
    world.backend().changeInDashboard(id, Map.of("name", "Somebody else's"));
    world.awaitPolls(1);
    world.await("support", then);
  }

  private void awaitPaused(String name) {
    world.await(
        name,
        it ->
            it.getStatus() != null
                && Conditions.isTrue(it.getStatus().conditions(), ConditionType.Paused));
  }

  private static boolean isContested(Chatbot chatbot) {
    return Conditions.hasReason(
        chatbot.getStatus().conditions(), ConditionType.DriftDetected, Reason.DriftContested);
  }

  private static Map<String, String> alert(String name, String kind, Reason reason) {
    return Map.of("alertname", name, "kind", kind, "reason", reason.name());
  }

  private static Response hang(Interceptor.Chain chain, CountDownLatch release) throws IOException {
    if (chain.request().method().equals("POST")
        && chain.request().url().encodedPath().startsWith("/api/external/")) {
      try {
        release.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException();
      }
    }
    return chain.proceed(chain.request());
  }
}
