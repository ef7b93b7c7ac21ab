package ai.okchat.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.OperatorAccount;
import ai.okchat.operator.testing.World;
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

/** What the cluster and its other users do to our objects. */
final class ClusterIT {

  @RegisterExtension final World world = new World();

  @BeforeEach
  void connect() {
    world.connectBackend();
    world.awaitBackendReason(Reason.Ready);
  }

  @Test
  @DisplayName("T11: objects wait for an operator that went first, and the next one cleans up")
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
  void aStatusIsBounded() {
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
            it -> Conditions.isTrue(it.getStatus().conditions(), ConditionType.DriftDetected));
    assertThat(drifted.getStatus().drift()).hasSize(7);
    assertThat(Serialization.asJson(drifted.getStatus())).hasSizeLessThan(10_000);
  }

  @Test
  @DisplayName("T30: the content of foreign Secrets is not kept in memory")
  void foreignSecretsAreNotKept() {
    // Given
    world.stopOperator();
    var content = "A".repeat(190_000);
    IntStream.range(0, 200).parallel().forEach(it -> createSecret("foreign-" + it, content));
    var before = usedBytes();

    // When
    world.startOperator();
    world.applyChatbot("support");
    world.awaitReady("support");

    // Then: they hold 38 MB, in base64 half as much again.
    assertThat(usedBytes() - before).isLessThan(20_000_000);
  }

  @Test
  @DisplayName("T32: each propagation policy, and a finalizer of others, end with one deletion")
  void eachPropagationPolicyEnds(TestInfo test) {
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
        it -> it.getMetadata().getFinalizers().equals(List.of("example.com/theirs")));
    world.awaitPolls(2);
    assertThat(world.backend().count("delete-chatbot")).isEqualTo(4);
    assertThat(world.backend().bots()).isEmpty();
    setFinalizers("held-by-others");
    world.awaitGone("held-by-others");
    FaultReport.record(test, 4, "deletions 4, bots 0");
  }

  @Test
  @DisplayName("T8: a namespace that is deleted with everything in it is cleaned up and goes")
  void aDeletedNamespaceGoes(TestInfo test) {
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
            it -> {
              it.getMetadata().setFinalizers(List.of(finalizers));
              return it;
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
