package ai.okchat.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.gitops.AppliedObject.Verdict;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.OperatorFixture;
import ai.okchat.operator.testing.TestedOperator;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Verdicts of Argo CD and kstatus on Chatbots in each state that the operator writes. */
final class ChatbotVerdictsIT {

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  private final AppliedObject support = new AppliedObject(world, "Chatbot", "support");

  @BeforeEach
  void connect() {
    world.connectBackend();
    world.awaitBackendReason(Reason.Ready);
  }

  @Test
  void readyChatbotIsHealthyAndCurrent() {
    // When
    world.applyChatbot("support");
    support.awaitReason(Reason.Ready);

    // Then
    assertThat(support.verdict()).isEqualTo(new Verdict("Healthy", Kstatus.Current));
  }

  @Test
  void unreconciledChatbotIsInProgress() {
    // Given
    world.stopOperator();

    // When
    world.applyChatbot("support");

    // Then
    assertThat(support.verdict()).isEqualTo(new Verdict("Progressing", Kstatus.InProgress));
  }

  @Test
  @DisplayName("T37: an edit that was not reconciled yet is in progress although Ready is True")
  void unreconciledEditIsInProgress() {
    // Given
    world.applyChatbot("support");
    support.awaitReason(Reason.Ready);
    world.stopOperator();

    // When
    world.applyChatbot("support", "prompt: Another.");

    // Then
    assertThat(support.stored().at("/status/conditions").toString()).contains("\"Ready\"");
    assertThat(support.verdict()).isEqualTo(new Verdict("Progressing", Kstatus.InProgress));
  }

  @Test
  void rejectedSpecIsDegradedAndFailed() {
    // Given
    world.backend().fault("create-chatbot", "status", Map.of("status", 422));

    // When
    world.applyChatbot("support");
    support.awaitReason(Reason.SpecRejected);

    // Then
    assertThat(support.verdict()).isEqualTo(new Verdict("Degraded", Kstatus.Failed));
  }

  @Test
  void takenSlugIsDegradedAndFailed() {
    // Given
    world.backend().createInDashboard(Map.of("name", "Theirs", "slug", "taken-slug"));

    // When
    world.applyChatbot("support", "slug: taken-slug");
    support.awaitReason(Reason.SlugTaken);

    // Then
    assertThat(support.verdict()).isEqualTo(new Verdict("Degraded", Kstatus.Failed));
  }

  @Test
  void missingConfigMapIsDegradedAndInProgress() {
    // When
    world.applyChatbot("support", "promptFrom: {configMapKeyRef: {name: none, key: prompt}}");
    support.awaitReason(Reason.ReferenceNotFound);

    // Then
    assertThat(support.verdict()).isEqualTo(new Verdict("Degraded", Kstatus.InProgress));
  }

  @Test
  void outageIsInProgressForAnUnsyncedChatbot() {
    // Given
    world.backend().fault("*", "status", Map.of("status", 503));

    // When
    world.applyChatbot("support");
    support.awaitReason(Reason.BackendUnavailable);

    // Then
    assertThat(support.verdict()).isEqualTo(new Verdict("Progressing", Kstatus.InProgress));
  }

  @Test
  void syncedChatbotStaysHealthyInAnOutage() {
    // Given
    world.applyChatbot("support");
    support.awaitReason(Reason.Ready);

    // When
    world.backend().fault("*", "status", Map.of("status", 503));
    world.awaitBackendReason(Reason.BackendUnavailable);

    // Then
    assertThat(support.verdict()).isEqualTo(new Verdict("Healthy", Kstatus.Current));
  }

  @Test
  void reportedDriftKeepsTheChatbotHealthy() {
    // Given
    world.applyChatbot("support", "driftPolicy: Report");
    var id = world.awaitId("support");

    // When
    world.backend().changeInDashboard(id, Map.of("name", "Renamed"));
    support.awaitCondition("DriftDetected", Reason.Drifted);

    // Then
    assertThat(support.verdict()).isEqualTo(new Verdict("Healthy", Kstatus.Current));
  }

  @Test
  void chatbotSuspendedByAnEditIsCurrent() {
    // Given
    world.applyChatbot("support");
    support.awaitReason(Reason.Ready);

    // When
    world.applyChatbot("support", "prompt: Not sent.", "suspend: true");
    support.awaitCondition("Paused", Reason.Suspended);

    // Then
    assertThat(support.verdict()).isEqualTo(new Verdict("Suspended", Kstatus.Current));
    support.awaitCondition("Synced", Reason.Suspended);
  }

  @Test
  void editWhilePausedIsNeitherCurrentNorFailed() {
    // Given
    world.backend().fault("create-chatbot", "status", Map.of("status", 422));
    world.applyChatbot("support");
    support.awaitReason(Reason.SpecRejected);
    support.act("suspend");
    support.awaitCondition("Paused", Reason.Suspended);

    // When
    world.applyChatbot("support", "prompt: Another.");
    support.awaitCondition("Paused", Reason.Suspended);

    // Then
    assertThat(support.verdict()).isEqualTo(new Verdict("Suspended", Kstatus.InProgress));
  }

  @Test
  void buttonsPauseResumeAndRefresh() {
    // Given
    world.applyChatbot("support");
    support.awaitReason(Reason.Ready);
    support.act("suspend");
    support.awaitCondition("Paused", Reason.Suspended);
    var paused = support.verdict();
    support.act("resume");
    support.awaitNoCondition("Paused");
    var digest = support.stored().at("/status/appliedDigest");

    // When
    support.act("refresh");

    // Then
    assertThat(paused).isEqualTo(new Verdict("Suspended", Kstatus.Current));
    var request = "/metadata/annotations/okchat.ai~1reconcile-requested-at";
    Awaitility.await()
        .atMost(OperatorFixture.PATIENCE)
        .until(() -> !support.stored().at(request).isMissingNode());
    world.awaitPolls(2);
    assertThat(support.stored().at("/status/appliedDigest")).isEqualTo(digest); // It is no edit.
    assertThat(support.verdict()).isEqualTo(new Verdict("Healthy", Kstatus.Current));
  }

  @Test
  void buttonApprovesRecreation() {
    // Given
    world.applyChatbot("support");
    var lost = world.awaitId("support");
    world.stopOperator();
    world.backend().deleteInDashboard(lost);
    // For a minute after its create a bot may be missing from lists.
    world.startOperator(
        Clock.offset(Clock.systemUTC(), Duration.ofMinutes(2)), TestedOperator.NO_FAULT);
    world.applyChatbot("support", "prompt: Another.");
    support.awaitReason(Reason.AccountChanged);
    var verdict = support.verdict();

    // When
    support.act("approve-recreate");

    // Then
    assertThat(verdict).isEqualTo(new Verdict("Degraded", Kstatus.Failed));
    support.awaitReason(Reason.Ready);
    assertThat(world.awaitId("support")).isNotEqualTo(lost);
  }

  @Test
  void blockedDeletionIsTerminating() {
    // Given
    world.applyChatbot("support");
    support.awaitReason(Reason.Ready);
    world.backend().fault("delete-chatbot", "status", Map.of("status", 500));

    // When
    support.resource().delete();
    support.awaitReason(Reason.DeletionBlocked);

    // Then
    assertThat(support.verdict()).isEqualTo(new Verdict("Progressing", Kstatus.Terminating));
    world.backend().clearFaults();
  }
}
