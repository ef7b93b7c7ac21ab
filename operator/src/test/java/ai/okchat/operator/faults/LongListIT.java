package ai.okchat.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.OperatorFixture;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Accounts whose list is long, or cannot be read. */
final class LongListIT {

  private static final List<String> BIG =
      IntStream.rangeClosed(1, 17).mapToObj(number -> "big-" + number).toList();

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  @Test
  @DisplayName("T60: bots with long prompts stop neither edits nor deletions of their account")
  void longPromptsDoNotBlockOtherObjects() {
    // Given
    world.connectBackend();
    world.applyChatbot("small", "greeting: Hello");
    BIG.forEach(
        name -> {
          prompt(name, "a".repeat(1_000_000));
          world.applyChatbot(
              name, "promptFrom: {configMapKeyRef: {name: %s, key: p}}".formatted(name));
        });
    BIG.forEach(world::awaitReady);
    world.awaitPolls(2);
    world.awaitBackendReason(Reason.Ready);
    world.backend().clearJournal();

    // When
    world.applyChatbot("small", "greeting: Good day");
    prompt("big-1", "b".repeat(1_000_000));
    world.chatbots("big-2").delete();
    var small = world.awaitId("small");
    world.awaitGone("big-2");
    world.await(
        "big-1",
        chatbot ->
            world
                .backend()
                .bot(OperatorFixture.idOf(chatbot))
                .at("/settings/prompt")
                .asText()
                .startsWith("b"));

    // Then: and what did not change is not written.
    assertThat(world.backend().bot(small).at("/settings/greeting").asText()).isEqualTo("Good day");
    assertThat(world.backend().bots()).hasSize(BIG.size());
    assertThat(world.backend().count("update-chatbot")).isEqualTo(2);
  }

  @Test
  @DisplayName("T60: a list that cannot be read does not stop the edit of a bot that is known")
  void unreadableListDoesNotBlockAnEdit() {
    // Given
    world.connectBackend();
    var id = world.awaitId(applied("greeting: Hello"));
    world.backend().fault("list-chatbots", "garbage", Map.of());
    world.awaitBackendReason(Reason.UnexpectedResponse);
    world.awaitPolls(6);

    // When
    world.awaitReady(applied("greeting: Good day"));

    // Then
    assertThat(world.backend().bot(id).at("/settings/greeting").asText()).isEqualTo("Good day");
    assertThat(
            Conditions.isTrue(world.backendObject().getStatus().conditions(), ConditionType.Ready))
        .isFalse();
  }

  private String applied(String line) {
    world.applyChatbot("support", line);
    return "support";
  }

  private void prompt(String name, String text) {
    world.apply(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: %s}
        data: {p: "%s"}
        """
            .formatted(name, text));
  }
}
