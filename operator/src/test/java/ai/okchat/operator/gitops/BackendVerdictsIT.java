package ai.okchat.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.gitops.AppliedObject.Verdict;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.World;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Argo CD and kstatus say of ChatbotBackends in each state that an operator left them in. */
final class BackendVerdictsIT {

  @RegisterExtension final World world = new World();

  private final AppliedObject backend = new AppliedObject(world, "ChatbotBackend", "default");

  @Test
  void aBackendThatAnswersIsHealthyAndCurrent() {
    // When
    world.connectBackend();
    backend.awaitReason(Reason.Ready);

    // Then
    assertThat(backend.verdict()).isEqualTo(new Verdict("Healthy", Kstatus.Current));
  }

  @Test
  void aBackendThatNobodyHasLookedAtIsInProgress() {
    // Given
    world.stopOperator();

    // When
    world.connectBackend();

    // Then
    assertThat(backend.verdict()).isEqualTo(new Verdict("Progressing", Kstatus.InProgress));
  }

  @Test
  void aWrongKeyWaitsForTheSecret() {
    // When
    world.storeKey("wrong-key");
    world.declareBackend();
    backend.awaitReason(Reason.CredentialsRejected);

    // Then
    assertThat(backend.verdict()).isEqualTo(new Verdict("Progressing", Kstatus.InProgress));
  }

  @Test
  void anOutageIsInProgress() {
    // Given
    world.backend().fault("*", "status", Map.of("status", 503));

    // When
    world.connectBackend();
    backend.awaitReason(Reason.BackendUnavailable);

    // Then
    assertThat(backend.verdict()).isEqualTo(new Verdict("Progressing", Kstatus.InProgress));
  }

  @Test
  void aBackendThatIsStillUsedIsTerminating() {
    // Given
    world.connectBackend();
    world.applyChatbot("support");
    world.awaitReady("support");
    backend.awaitReason(Reason.Ready);

    // When
    backend.resource().delete();
    backend.awaitReason(Reason.InUse);

    // Then
    assertThat(backend.verdict()).isEqualTo(new Verdict("Progressing", Kstatus.Terminating));
  }
}
