package ai.okchat.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.OperatorAccount;
import ai.okchat.operator.testing.OperatorFixture;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Effects of the cluster and its other users on objects of the operator. */
final class ClusterIT {

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  @BeforeEach
  void connect() {
    world.connectBackend();
    world.awaitBackendReason(Reason.Ready);
  }

  @Test
  @DisplayName(
      "T11: deleted objects wait while there is no operator, and the next operator cleans up")
  void objectsWaitForTheNextOperator() {
    // Given
    world.applyChatbot("support");
    world.awaitReady("support");
    world.stopOperator();

    // When
    world.chatbots("support").delete();

    // Then
    assertThat(world.chatbot("support").isMarkedForDeletion()).isTrue();
    assertThat(world.backend().bots()).hasSize(1);
    world.startOperator();
    world.awaitGone("support");
    assertThat(world.backend().bots()).isEmpty();
  }

  @Test
  @DisplayName("T29: a status with long drift in every field stays far below the store's limit")
  void boundsSizeOfAStatus() {
    // Given
    world.applyChatbot(
        "support",
        "description: What it is",
        "greeting: Hello",
        "driftPolicy: Report",
        "snippet: {header: H, name: N, slogan: S}");
    var id = world.awaitId("support");
    var longText = "long ".repeat(20_000);

    // When
    world
        .backend()
        .changeInDashboard(
            id,
            Map.of(
                "name",
                longText,
                "description",
                longText,
                "settings",
                Map.of(
                    "greeting",
                    longText,
                    "prompt",
                    longText,
                    "snippet",
                    Map.of("header", longText, "name", longText, "slogan", longText))));

    // Then
    var drifted =
        world.await(
            "support",
            chatbot ->
                Conditions.isTrue(chatbot.getStatus().conditions(), ConditionType.DriftDetected));
    assertThat(drifted.getStatus().drift()).hasSize(7);
    assertThat(Serialization.asJson(drifted.getStatus())).hasSizeLessThan(10_000);
  }

  @Test
  @DisplayName("T30: the content of unrelated Secrets is not kept in memory")
  void keepsNoContentOfUnrelatedSecrets() {
    // Given
    world.stopOperator();
    var content = "A".repeat(190_000);
    IntStream.range(0, 200).parallel().forEach(index -> createSecret("foreign-" + index, content));
    var before = usedBytes();

    // When
    world.startOperator();
    world.applyChatbot("support");
    world.awaitReady("support");

    // Then: the Secrets have 38 MB, in base64 half as much again.
    assertThat(usedBytes() - before).isLessThan(20_000_000);
  }

  @Test
  @DisplayName(
      "T32: with each propagation policy, and with another's finalizer, the bot is deleted once")
  void completesDeletionWithEachPropagationPolicy(TestInfo test) {
    // Given
    for (var policy : DeletionPropagation.values()) {
      world.applyChatbot(name(policy));
    }
    world.applyChatbot("held-by-others");
    for (var policy : DeletionPropagation.values()) {
      world.awaitReady(name(policy));
    }
    world.awaitReady("held-by-others");
    setFinalizers("held-by-others", "okchat.ai/finalizer", "example.com/theirs");

    // When
    for (var policy : DeletionPropagation.values()) {
      world.chatbots(name(policy)).withPropagationPolicy(policy).delete();
    }
    world.chatbots("held-by-others").delete();

    // Then
    for (var policy : DeletionPropagation.values()) {
      Awaitility.await(name(policy))
          .atMost(Duration.ofSeconds(60))
          .until(() -> world.chatbots(name(policy)).get() == null);
    }
    world.await(
        "held-by-others",
        chatbot -> chatbot.getMetadata().getFinalizers().equals(List.of("example.com/theirs")));
    world.awaitPolls(2);
    assertThat(world.backend().count("delete-chatbot")).isEqualTo(4);
    assertThat(world.backend().bots()).isEmpty();
    setFinalizers("held-by-others");
    world.awaitGone("held-by-others");
    FaultReport.record(test, 4, "deletions 4, bots 0");
  }

  @Test
  @DisplayName("T8: the deletion of a namespace with all its objects cleans up and completes")
  void completesDeletionOfANamespace(TestInfo test) {
    // Given
    OperatorAccount.grantEverywhere(world.kubernetes(), world.namespace());
    for (var number = 1; number <= 5; number++) {
      world.applyChatbot("bot-" + number);
    }
    for (var number = 1; number <= 5; number++) {
      world.awaitReady("bot-" + number);
    }

    // When
    world.kubernetes().namespaces().withName(world.namespace()).delete();

    // Then
    Awaitility.await("end of the namespace")
        .atMost(Duration.ofSeconds(60))
        .until(() -> world.kubernetes().namespaces().withName(world.namespace()).get() == null);
    assertThat(world.backend().bots()).isEmpty();
    FaultReport.record(test, 5, "Chatbots 0, bots 0");
  }

  private void setFinalizers(String name, String... finalizers) {
    world
        .chatbots(name)
        .edit(
            chatbot -> {
              chatbot.getMetadata().setFinalizers(List.of(finalizers));
              return chatbot;
            });
  }

  private void createSecret(String name, String content) {
    world
        .kubernetes()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(world.namespace())
                .endMetadata()
                .addToStringData("content", content)
                .build())
        .create();
  }

  private static long usedBytes() {
    System.gc();
    var runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static String name(DeletionPropagation policy) {
    return "deleted-" + policy.toString().toLowerCase(Locale.ROOT);
  }
}
