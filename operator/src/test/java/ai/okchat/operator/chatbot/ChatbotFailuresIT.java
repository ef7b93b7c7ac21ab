package ai.okchat.operator.chatbot;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.Backend;
import ai.okchat.operator.testing.OperatorFixture;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each failure has its own reason and a fix, and ends by itself when its cause is gone. */
final class ChatbotFailuresIT {

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  @Test
  @DisplayName(
      "T9 T22 T27: a wrong key creates no bot and blocks no deletion, and a new Secret fixes it")
  void recoversFromAWrongKeyWithANewSecret() {
    // Given
    world.storeKey("wrong-key");
    world.declareBackend();
    world.applyChatbot("support");
    world.applyChatbot("other");
    var refused = world.awaitReason("support", Reason.CredentialsRejected);
    assertThat(refused.getMetadata().getFinalizers()).isEmpty();
    assertThat(OperatorFixture.condition(refused, ConditionType.Ready).getMessage())
        .contains("Write a valid key to the Secret");
    world.awaitBackendReason(Reason.CredentialsRejected);
    world.chatbots("other").delete();
    world.awaitGone("other");

    // When
    world.storeKey(Backend.API_KEY);

    // Then
    world.awaitReady("support");
    assertThat(world.backend().count("create-chatbot")).isEqualTo(1);
  }

  @Test
  void waitsForAMissingSecret() {
    // Given
    world.declareBackend();
    world.applyChatbot("support");
    var waiting = world.awaitReason("support", Reason.ReferenceNotFound);
    assertThat(OperatorFixture.condition(waiting, ConditionType.Ready).getMessage())
        .isEqualTo("The Secret okchat does not exist. Create it with the API key under api-key.");

    // When
    world.storeKey(Backend.API_KEY);

    // Then
    world.awaitReady("support");
    assertThat(world.backend().bots()).hasSize(1);
  }

  @Test
  void waitsForAMissingBackend() {
    // Given
    world.applyChatbot("support");
    var waiting = world.awaitReason("support", Reason.ReferenceNotFound);
    assertThat(OperatorFixture.condition(waiting, ConditionType.Ready).getMessage())
        .isEqualTo(
            "The ChatbotBackend default does not exist in this namespace or is being deleted."
                + " Create it, or name another in spec.backendRef.");

    // When
    world.connectBackend();

    // Then
    world.awaitReady("support");
  }

  @Test
  void waitsForAMissingConfigMap() {
    // Given
    world.connectBackend();
    world.applyChatbot("support", "promptFrom: {configMapKeyRef: {name: prompts, key: support}}");
    world.awaitReason("support", Reason.ReferenceNotFound);
    assertThat(world.backend().count("create-chatbot")).isZero();

    // When
    world.apply(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: prompts}
        data: {support: You help.}
        """);

    // Then
    world.awaitReady("support");
  }

  @Test
  void waitsForAPictureInPlaceOfText() {
    // Given
    world.connectBackend();
    world.apply(pictures("no picture"));
    world.applyChatbot(
        "support",
        "prompt: You help.",
        "avatar: {configMapKeyRef: {name: pictures, key: avatar.svg}}");
    var waiting = world.awaitReason("support", Reason.ReferenceNotFound);
    assertThat(OperatorFixture.condition(waiting, ConditionType.Ready).getMessage())
        .isEqualTo(
            "The key avatar.svg of the ConfigMap pictures, which spec.avatar names, is no picture:"
                + " the value is text. Store the bytes of a picture in binaryData, as kubectl"
                + " create configmap --from-file does.");

    // When
    world.apply(pictures("<svg/>"));

    // Then
    world.awaitReady("support");
  }

  private static String pictures(String avatar) {
    return """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: pictures}
    data: {avatar.svg: "%s"}
    """
        .formatted(avatar);
  }

  @Test
  @DisplayName("T5 T21: an unreachable backend creates no bot, and the Chatbot recovers by itself")
  void recoversFromAnUnreachableBackend() {
    // Given
    world.backend().fault("*", "cut-before", Map.of());
    world.connectBackend();
    world.applyChatbot("support");
    world.awaitReason("support", Reason.BackendUnavailable);
    world.awaitBackendReason(Reason.BackendUnavailable);

    // When
    world.backend().clearFaults();

    // Then
    world.awaitReady("support");
    assertThat(world.backend().count("create-chatbot")).isEqualTo(1);
    world.awaitBackendReason(Reason.Ready);
  }

  @Test
  void quotesBackendAndWaitsForAnEditWhenSpecIsRejected() {
    // Given
    world.connectBackend();
    world
        .backend()
        .fault(
            "create-chatbot",
            "status",
            Map.of("status", 422, "body", "{\"error\":\"model is not known\"}"));
    world.applyChatbot("support");
    var rejected = world.awaitReason("support", Reason.SpecRejected);
    assertThat(OperatorFixture.condition(rejected, ConditionType.Stalled).getStatus())
        .isEqualTo("True");
    assertThat(OperatorFixture.condition(rejected, ConditionType.Ready).getMessage())
        .contains("model is not known");
    assertThat(rejected.getMetadata().getFinalizers()).isEmpty();

    // When
    world.backend().clearFaults();
    world.applyChatbot("support", "prompt: You help.", "model: gpt-4o");

    // Then
    world.awaitReady("support");
    assertThat(world.backend().bots()).hasSize(1);
  }

  @Test
  @DisplayName("T25: Ready turns False when a newer generation is rejected; id and slug stay")
  void isNotReadyAfterARejectedEdit() {
    // Given
    world.connectBackend();
    world.applyChatbot("support");
    var id = world.awaitId("support");
    world
        .backend()
        .fault(
            "update-chatbot", "status", Map.of("status", 400, "body", "{\"error\":\"too long\"}"));

    // When
    world.applyChatbot("support", "prompt: Another.");

    // Then
    var rejected = world.awaitReason("support", Reason.SpecRejected);
    assertThat(OperatorFixture.idOf(rejected)).isEqualTo(id);
    world.backend().clearFaults();
    world.applyChatbot("support", "prompt: A third.");
    world.awaitReady("support");
  }

  @Test
  @DisplayName("T2: a response that is lost after the backend committed results in exactly one bot")
  void createsOneBotWhenTheResponseIsLost() {
    // Given
    world.connectBackend();
    world.backend().fault("create-chatbot", "cut-after", Map.of("times", 1));

    // When
    world.applyChatbot("support");

    // Then
    var ready = world.awaitReady("support");
    assertThat(world.backend().bots()).hasSize(1);
    assertThat(world.backend().count("create-chatbot")).isEqualTo(1);
    assertThat(ready.getMetadata().getFinalizers()).containsExactly("okchat.ai/finalizer");
  }

  @Test
  @DisplayName("T6: a Chatbot restored without its status finds its bot again")
  void restoredChatbotFindsItsBot() {
    // Given
    world.connectBackend();
    world.applyChatbot("support");
    var id = world.awaitId("support");

    // When
    world
        .chatbots("support")
        .subresource("status")
        .patch(
            io.fabric8.kubernetes.client.dsl.base.PatchContext.of(
                io.fabric8.kubernetes.client.dsl.base.PatchType.JSON_MERGE),
            "{\"status\":null}");

    // Then
    assertThat(world.awaitId("support")).isEqualTo(id);
    assertThat(world.backend().count("create-chatbot")).isEqualTo(1);
  }

  @Test
  @DisplayName("T12 B6: a bot of another owner with the slug of the spec is not changed")
  void reportsSlugConflictWithoutAnyChange() {
    // Given
    world.connectBackend();
    var foreign = world.backend().createInDashboard(Map.of("name", "Theirs", "slug", "taken-slug"));
    world.applyChatbot("support", "prompt: You help.", "slug: taken-slug");
    var held = world.awaitReason("support", Reason.SlugTaken);
    assertThat(held.getMetadata().getFinalizers()).isEmpty();
    assertThat(world.backend().bot(foreign.path("id").asText()))
        .isEqualTo(world.backend().bot(foreign.path("id").asText()));
    assertThat(world.backend().count("create-chatbot")).isZero();

    // When
    world.backend().deleteInDashboard(foreign.path("id").asText());

    // Then
    assertThat(world.awaitReady("support").getStatus().slug()).isEqualTo("taken-slug");
  }

  @Test
  @DisplayName(
      "T10 T34: a deletion that the backend rejects is in the status, and ends when it accepts it")
  void reportsBlockedDeletion() {
    // Given
    world.connectBackend();
    world.applyChatbot("support");
    world.awaitReady("support");
    world.backend().fault("delete-chatbot", "status", Map.of("status", 500));

    // When
    world.chatbots("support").delete();

    // Then
    var blocked = world.awaitReason("support", Reason.DeletionBlocked);
    assertThat(blocked.getMetadata().getFinalizers()).containsExactly("okchat.ai/finalizer");
    assertThat(OperatorFixture.condition(blocked, ConditionType.Ready).getMessage())
        .contains("spec.deletionPolicy: Orphan");
    world.backend().clearFaults();
    world.awaitGone("support");
    assertThat(world.backend().bots()).isEmpty();
  }

  @Test
  @DisplayName("T8: deleting Secret, backend and Chatbot together still cleans up")
  void cleansUpWhenAllIsDeletedAtOnce() {
    // Given
    world.connectBackend();
    world.applyChatbot("support");
    world.awaitReady("support");
    world.awaitBackendReason(Reason.Ready);

    // When
    world.kubernetes().secrets().inNamespace(world.namespace()).withName("okchat").delete();
    world.kubernetes().resource(world.backendObject()).delete();
    world.awaitBackendReason(Reason.InUse);
    world.chatbots("support").delete();

    // Then
    world.awaitGone("support");
    assertThat(world.backend().bots()).isEmpty();
  }

  @Test
  @DisplayName("T23: 429 throttles the whole account for the time in Retry-After")
  void rateLimitThrottlesTheAccount() {
    // Given
    world.connectBackend();
    world.awaitBackendReason(Reason.Ready);
    world
        .backend()
        .fault(
            "create-chatbot",
            "status",
            Map.of("status", 429, "headers", Map.of("Retry-After", "2"), "times", 1));

    // When
    world.applyChatbot("support");

    // Then
    world.awaitReason("support", Reason.RateLimited);
    world.awaitReady("support");
    assertThat(world.backend().count("create-chatbot")).isEqualTo(2);
    assertThat(world.backend().bots()).hasSize(1);
  }
}
