package ai.okchat.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.OperatorFixture;
import ai.okchat.operator.testing.ProgramRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The first commands that a user types: {@code kubectl get}. */
final class KubectlGetIT {

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  @BeforeEach
  void makeABot() {
    world.connectBackend();
    world.awaitBackendReason(Reason.Ready);
    world.applyChatbot("support");
    world.awaitReady("support");
  }

  @Test
  void categoryListsObjectsOfAllKinds() {
    // When
    var listed = get("okchat", "--output=name");

    // Then
    assertThat(listed.output().lines())
        .contains("chatbotbackend.okchat.ai/default", "chatbot.okchat.ai/support");
  }

  @Test
  void wideListShowsWhatIsSynced() {
    // When
    var listed = get("chatbots", "--output=wide");

    // Then
    assertThat(listed.output().lines().findFirst().orElseThrow().split(" +", -1))
        .containsExactly(
            "NAME",
            "READY",
            "REASON",
            "SLUG",
            "ID",
            "AGE",
            "SYNCED",
            "MODEL",
            "BACKEND",
            "DELETION",
            "MESSAGE");
    assertThat(listed.output()).contains("default", "Delete", "The bot matches the spec.");
  }

  @Test
  void selectsObjectsByTheirReference() {
    // Given
    apply("ours", "support");
    apply("theirs", "another");

    // When
    var listed =
        get("knowledgesources", "--field-selector=spec.chatbotRef.name=support", "--output=name");

    // Then
    assertThat(listed).isEqualTo(new ProgramRun(0, "knowledgesource.okchat.ai/ours\n"));
  }

  private void apply(String name, String chatbot) {
    world.apply(
        """
        apiVersion: okchat.ai/v1alpha1
        kind: KnowledgeSource
        metadata: {name: %s}
        spec:
          chatbotRef: {name: %s}
          documents: [{name: hours, text: From nine to five.}]
        """
            .formatted(name, chatbot));
  }

  private ProgramRun get(String... arguments) {
    var command = new String[arguments.length + 2];
    command[0] = "get";
    command[1] = "--namespace=" + world.namespace();
    System.arraycopy(arguments, 0, command, 2, arguments.length);
    return Kubectl.run(command);
  }
}
