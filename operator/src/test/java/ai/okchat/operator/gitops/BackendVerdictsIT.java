package ai.okchat.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.gitops.AppliedObject.Verdict;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.OperatorFixture;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Verdicts of Argo CD and kstatus on ChatbotBackends in each state that the operator writes. */
final class BackendVerdictsIT {

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  private final AppliedObject backend = new AppliedObject(world, "ChatbotBackend", "default");

  @Test
  void reachableBackendIsHealthyAndCurrent() {
    // When
    world.connectBackend();
    backend.awaitReason(Reason.Ready);

    // Then
    assertThat(backend.verdict()).isEqualTo(new Verdict("Healthy", Kstatus.Current));
  }

  @Test
  void unreconciledBackendIsInProgress() {
    // Given
    world.stopOperator();

    // When
    world.connectBackend();

    // Then
    assertThat(backend.verdict()).isEqualTo(new Verdict("Progressing", Kstatus.InProgress));
  }

  @Test
  void wrongKeyIsDegradedAndInProgress() {
    // When
    world.storeKey("wrong-key");
    world.declareBackend();
    backend.awaitReason(Reason.CredentialsRejected);

    // Then
    assertThat(backend.verdict()).isEqualTo(new Verdict("Degraded", Kstatus.InProgress));
  }

  @Test
  void outageIsInProgress() {
    // Given
    world.backend().fault("*", "status", Map.of("status", 503));

    // When
    world.connectBackend();
    backend.awaitReason(Reason.BackendUnavailable);

    // Then
    assertThat(backend.verdict()).isEqualTo(new Verdict("Progressing", Kstatus.InProgress));
  }

  @Test
  void deletedBackendInUseIsTerminating() {
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
