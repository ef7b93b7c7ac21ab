package ai.okchat.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.HangingCalls;
import ai.okchat.operator.testing.OperatorFixture;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Alerts about objects and their queue, where their causes are provoked. */
@SuppressWarnings("NullAway.Init") // The run is started before each test.
final class ObjectAlertsIT {

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  private AlertRun run;

  @BeforeEach
  void start() {
    run = AlertRun.startIn(world);
  }

  @Test
  void firesNothingForReadyOrPausedObjects() {
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
    run.passSteps(10);

    // Then
    assertThat(run.firing(List.of())).isEmpty();
  }

  @Test
  void firesWhenChatbotIsNotReadyForLong() {
    // Given
    world.applyChatbot("support", "promptFrom: {configMapKeyRef: {name: prompts, key: support}}");
    world.awaitReason("support", Reason.ReferenceNotFound);

    // When
    run.passSteps(9);

    // Then
    assertThat(
            run.firing(
                List.of(
                    AlertRun.alert("OkchatObjectsNotReady", "Chatbot", Reason.ReferenceNotFound))))
        .isEmpty();
  }

  @Test
  void firesWhenDriftRecurs() {
    // Given
    world.applyChatbot("support");
    var id = world.awaitId("support");

    // When
    for (var times = 0; times < 3; times++) {
      changeAndAwait(id, _ -> "Bot support".equals(world.backend().bot(id).path("name").asText()));
    }
    changeAndAwait(id, ObjectAlertsIT::isRecurring);
    run.passSteps(3);

    // Then
    assertThat(run.firing(List.of(Map.of("alertname", "OkchatDriftRecurring", "kind", "Chatbot"))))
        .isEmpty();
  }

  @Test
  void firesWhenWorkQueueIsStuck() {
    // Given
    var release = new CountDownLatch(1);
    run.start(new HangingCalls("POST", "/api/external/", release));
    for (var number = 1; number <= 112; number++) {
      world.applyChatbot("bot-" + number);
    }
    Awaitility.await("objects that wait")
        .atMost(OperatorFixture.PATIENCE)
        .until(() -> chatbots("okchat_reconcile_queue_depth") == 104);

    // When
    run.passSteps(8);
    release.countDown();

    // Then
    assertThat(
            run.firing(
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
  void firesWhenDocumentCannotBeIngested() {
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
        .atMost(OperatorFixture.PATIENCE)
        .until(() -> run.scrape().value("okchat_documents", Map.of("state", "failed")) == 1);

    // When
    run.passSteps(14);

    // Then
    assertThat(
            run.firing(
                List.of(
                    AlertRun.alert(
                        "OkchatObjectsNotReady", "KnowledgeSource", Reason.DocumentsFailed),
                    Map.of("alertname", "OkchatDocumentsFailed"))))
        .isEmpty();
  }

  @Test
  void firesWhenABotIsOrphaned() {
    // Given
    world.applyChatbot("another");
    world.applyChatbot("support");
    world.awaitReady("support");
    run.passSteps(1);
    world.backend().fault("delete-chatbot", "status", Map.of("status", 503));
    world
        .chatbots("support")
        .edit(
            chatbot -> {
              chatbot.getMetadata().getAnnotations().put("okchat.ai/deletion-timeout", "1s");
              return chatbot;
            });

    // When
    world.chatbots("support").delete();
    world.awaitGone("support");
    run.passSteps(1);

    // Then
    assertThat(run.firing(List.of(Map.of("alertname", "OkchatOrphanLeft")))).isEmpty();
  }

  @Test
  void firesWhenDeletionDoesNotComplete() {
    // Given
    world.applyChatbot("support");
    world.awaitReady("support");
    world.backend().fault("delete-chatbot", "status", Map.of("status", 503));

    // When
    world.chatbots("support").delete();
    world.awaitReason("support", Reason.DeletionBlocked);
    run.passSteps(15);

    // Then
    assertThat(run.firing(List.of(Map.of("alertname", "OkchatDeletionBlocked", "kind", "Chatbot"))))
        .isEmpty();
  }

  private double chatbots(String metric) {
    return run.scrape().value(metric, Map.of("kind", "Chatbot"));
  }

  private void changeAndAwait(String id, Predicate<Chatbot> then) {
    world.backend().changeInDashboard(id, Map.of("name", "Somebody else's"));
    world.awaitPolls(1);
    world.await("support", then);
  }

  private void awaitPaused(String name) {
    world.await(
        name,
        chatbot ->
            chatbot.getStatus() != null
                && Conditions.isTrue(chatbot.getStatus().conditions(), ConditionType.Paused));
  }

  private static boolean isRecurring(Chatbot chatbot) {
    return Conditions.hasReason(
        chatbot.getStatus().conditions(), ConditionType.DriftDetected, Reason.DriftRecurring);
  }
}
