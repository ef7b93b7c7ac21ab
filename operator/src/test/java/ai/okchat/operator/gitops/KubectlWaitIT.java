package ai.okchat.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.OperatorFixture;
import ai.okchat.operator.testing.ProgramRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code kubectl wait --for=condition=Ready} waits for what was applied last. */
final class KubectlWaitIT {

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  @Test
  void endsWhenTheObjectIsReady() {
    // Given
    world.connectBackend();
    world.applyChatbot("support");

    // When
    var waited = await("60s");

    // Then
    assertThat(waited).isEqualTo(new ProgramRun(0, "chatbot.okchat.ai/support condition met\n"));
  }

  @Test
  void ignoresReadyOfThePreviousGeneration() {
    // Given
    world.connectBackend();
    world.applyChatbot("support");
    world.awaitReady("support");
    world.stopOperator();
    world.applyChatbot("support", "prompt: Another.");

    // When
    var waited = await("0s");

    // Then
    assertThat(waited.exitCode()).isEqualTo(1);
    world.startOperator();
    assertThat(await("60s").exitCode()).isZero();
  }

  private ProgramRun await(String timeout) {
    return Kubectl.run(
        "wait",
        "--for=condition=Ready",
        "--timeout=" + timeout,
        "--namespace=" + world.namespace(),
        "chatbot/support");
  }
}
