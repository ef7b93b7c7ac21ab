package ai.okchat.operator.chatbot;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.DeletionPolicy;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.ApiServerWrites;
import ai.okchat.operator.testing.OperatorFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The main job: from apply to Ready, an edit, nothing at all, and the end. */
final class ChatbotLifecycleIT {

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  @BeforeEach
  void connect() {
    world.connectBackend();
    world.awaitBackendReason(Reason.Ready);
  }

  @Test
  void becomesReadyWithTwoApiServerWritesAndOneRequest() {
    // When
    world.applyChatbot("support");
    var ready = world.awaitReady("support");

    // Then
    assertThat(world.backend().endpoints()).containsExactly("create-chatbot");
    assertThat(writesAbout("support"))
        .containsExactly("patch chatbots support", "patch chatbots/status support");
    var bot = world.backend().bot(OperatorFixture.idOf(ready));
    assertThat(bot.path("slug").asText()).isEqualTo(ready.getStatus().slug());
    assertThat(ready.getStatus().slug())
        .isEqualTo(
            "%s-support-%s"
                .formatted(world.namespace(), ready.getMetadata().getUid().substring(0, 8)));
  }

  @Test
  @DisplayName("T18 T24: the operator writes nothing while nothing changes")
  void writesNothingWhileNothingChanges() {
    // Given
    world.applyChatbot("support");
    world.awaitReady("support");
    world.awaitPolls(2);
    world.backend().clearJournal();
    var before = ApiServerWrites.of(world).size();

    // When
    world.awaitPolls(3);

    // Then
    assertThat(world.backend().endpoints()).isEmpty();
    assertThat(ApiServerWrites.of(world)).hasSize(before);
  }

  @Test
  void sendsOnePatchForAnEdit() {
    // Given
    world.applyChatbot("support");
    var id = world.awaitId("support");
    world.backend().clearJournal();

    // When
    world.applyChatbot("support", "prompt: You are brief.");
    world.awaitReady("support");

    // Then
    assertThat(world.backend().endpoints()).containsExactly("get-chatbot", "update-chatbot");
    assertThat(world.backend().bot(id).at("/settings/prompt").asText()).isEqualTo("You are brief.");
  }

  @Test
  @DisplayName("B1: the avatar survives 50 edits of the prompt")
  void keepsAvatarAfterEdits() {
    // Given
    world.applyChatbot("support");
    var id = world.awaitId("support");
    world
        .backend()
        .changeInDashboard(
            id, Map.of("settings", Map.of("avatar", "https://a.example/1.png", "theirs", "kept")));

    // When
    for (var edit = 1; edit <= 50; edit++) {
      world.applyChatbot("support", "prompt: Prompt number %d.".formatted(edit));
      world.awaitReady("support");
    }

    // Then
    var settings = world.backend().bot(id).path("settings");
    assertThat(settings.path("avatar").asText()).isEqualTo("https://a.example/1.png");
    assertThat(settings.path("theirs").asText()).isEqualTo("kept");
    assertThat(settings.path("prompt").asText()).isEqualTo("Prompt number 50.");
  }

  @Test
  @DisplayName("T26: an edit of any single field reaches the backend")
  void syncsAnEditOfAnyField() {
    // Given
    world.applyChatbot("support");
    var id = world.awaitId("support");

    for (var field : FieldEdit.ALL) {
      // When
      world.applyChatbot("support", field.specLine());
      world.awaitReady("support");

      // Then
      assertThat(world.backend().bot(id).at(field.pointer()).asText())
          .as(field.specLine())
          .isEqualTo(field.value());
    }
  }

  @Test
  void syncsPromptOfAConfigMapAndItsChange() {
    // Given
    world.apply(promptConfigMap("First."));
    world.applyChatbot("support", "promptFrom: {configMapKeyRef: {name: prompts, key: support}}");
    var id = world.awaitId("support");

    // When
    world.apply(promptConfigMap("Second."));

    // Then
    Awaitility.await()
        .atMost(OperatorFixture.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(world.backend().bot(id).at("/settings/prompt").asText())
                    .isEqualTo("Second."));
  }

  @Test
  void deletesBotWithItsChatbot() {
    // Given
    world.applyChatbot("support");
    world.awaitReady("support");

    // When
    world.chatbots("support").delete();
    world.awaitGone("support");

    // Then
    assertThat(world.backend().bots()).isEmpty();
    assertThat(world.backend().count("delete-chatbot")).isEqualTo(1);
  }

  @Test
  void keepsAnOrphanedBot() {
    // Given
    world.applyChatbot("support", "prompt: You help.", "deletionPolicy: Orphan");
    world.awaitReady("support");

    // When
    world.chatbots("support").delete();
    world.awaitGone("support");

    // Then
    assertThat(world.backend().bots()).hasSize(1);
    assertThat(world.backend().count("delete-chatbot")).isZero();
  }

  @Test
  void keepsTheBotByDefaultOfTheBackend() {
    // Given
    world.patchBackend("{\"spec\": {\"defaultDeletionPolicy\": \"Orphan\"}}");
    world.applyChatbot("support");
    world.applyChatbot("short-lived", "prompt: You help.", "deletionPolicy: Delete");
    world.await("support", chatbot -> policyOf(chatbot) == DeletionPolicy.ORPHAN);
    world.await("short-lived", chatbot -> policyOf(chatbot) == DeletionPolicy.DELETE);
    world.awaitReady("support");
    world.awaitReady("short-lived");

    // When
    world.chatbots("support").delete();
    world.chatbots("short-lived").delete();
    world.awaitGone("support");
    world.awaitGone("short-lived");

    // Then
    assertThat(world.backend().bots()).hasSize(1);
    assertThat(world.backend().count("delete-chatbot")).isEqualTo(1);
  }

  @Test
  void statusFollowsTheDefaultOfTheBackend() {
    // Given
    world.applyChatbot("support");
    world.await("support", chatbot -> policyOf(chatbot) == DeletionPolicy.DELETE);
    world.awaitReady("support");

    // When
    world.patchBackend("{\"spec\": {\"defaultDeletionPolicy\": \"Orphan\"}}");

    // Then
    world.await("support", chatbot -> policyOf(chatbot) == DeletionPolicy.ORPHAN);
  }

  private static @Nullable DeletionPolicy policyOf(Chatbot chatbot) {
    return chatbot.getStatus().deletionPolicy();
  }

  @Test
  void skipsASuspendedChatbotUntilItIsResumed() {
    // Given
    world.applyChatbot("support");
    var id = world.awaitId("support");
    world.applyChatbot("support", "prompt: Later.", "suspend: true");
    world.await(
        "support",
        chatbot -> Conditions.isTrue(chatbot.getStatus().conditions(), ConditionType.Paused));
    assertThat(world.backend().bot(id).at("/settings/prompt").asText()).isEqualTo("You help.");

    // When
    world.applyChatbot("support", "prompt: Later.", "suspend: false");
    world.awaitReady("support");

    // Then
    assertThat(world.backend().bot(id).at("/settings/prompt").asText()).isEqualTo("Later.");
  }

  @Test
  void restartedOperatorWritesNothing() {
    // Given
    world.applyChatbot("support");
    world.awaitReady("support");
    Awaitility.await()
        .atMost(OperatorFixture.PATIENCE)
        .until(() -> Objects.equals(world.backendObject().getStatus().chatbots(), 1));
    world.stopOperator();
    world.backend().clearJournal();
    var before = ApiServerWrites.of(world).size();

    // When
    world.startOperator();
    world.awaitPolls(2);

    // Then
    assertThat(world.backend().endpoints()).isEmpty();
    assertThat(ApiServerWrites.of(world)).hasSize(before);
  }

  private List<String> writesAbout(String name) {
    var writes = new ArrayList<>(ApiServerWrites.of(world));
    writes.removeIf(write -> !write.endsWith(" " + name));
    return writes;
  }

  private static String promptConfigMap(String prompt) {
    return """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: prompts}
    data: {support: "%s"}
    """
        .formatted(prompt);
  }
}
