package ai.okchat.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.gitops.AppliedObject.Verdict;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.OperatorFixture;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Verdicts of Argo CD and kstatus on KnowledgeSources in each state that the operator writes. */
final class KnowledgeVerdictsIT {

  private static final String DOCUMENT = "documents: [{name: hours, text: From nine to five.}]";

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  private final AppliedObject docs = new AppliedObject(world, "KnowledgeSource", "docs");

  @BeforeEach
  void makeABot() {
    world.connectBackend();
    world.applyChatbot("support");
    world.awaitReady("support");
  }

  @AfterEach
  void letGo() {
    world.backend().clearFaults();
  }

  @Test
  void ingestedSourceIsHealthyAndCurrent() {
    // When
    apply(DOCUMENT);
    docs.awaitReason(Reason.Ready);

    // Then
    assertThat(docs.verdict()).isEqualTo(new Verdict("Healthy", Kstatus.Current));
  }

  @Test
  void unreconciledSourceIsInProgress() {
    // Given
    world.stopOperator();

    // When
    apply(DOCUMENT);

    // Then
    assertThat(docs.verdict()).isEqualTo(new Verdict("Progressing", Kstatus.InProgress));
  }

  @Test
  void ingestionIsInProgress() {
    // Given
    world.backend().flip("knowledgeLagMillis", 3_600_000);

    // When
    apply(DOCUMENT);
    docs.awaitReason(Reason.Ingesting);

    // Then
    assertThat(docs.verdict()).isEqualTo(new Verdict("Progressing", Kstatus.InProgress));
  }

  @Test
  void sourceWithoutItsBotIsDegradedAndInProgress() {
    // When
    apply(DOCUMENT, "chatbotRef: {name: none}");
    docs.awaitReason(Reason.ReferenceNotFound);

    // Then
    assertThat(docs.verdict()).isEqualTo(new Verdict("Degraded", Kstatus.InProgress));
  }

  @Test
  void rejectedDocumentIsDegradedAndFailed() {
    // Given
    world.backend().fault("upload-knowledge", "status", Map.of("status", 422));

    // When
    apply(DOCUMENT);
    docs.awaitReason(Reason.DocumentsFailed);

    // Then
    assertThat(docs.verdict()).isEqualTo(new Verdict("Degraded", Kstatus.Failed));
  }

  @Test
  @DisplayName("T37: an edit that was not reconciled yet is in progress although Ready is True")
  void unreconciledEditIsInProgress() {
    // Given
    apply(DOCUMENT);
    docs.awaitReason(Reason.Ready);
    world.stopOperator();

    // When
    apply("documents: [{name: hours, text: From ten to six.}]");

    // Then
    assertThat(docs.verdict()).isEqualTo(new Verdict("Progressing", Kstatus.InProgress));
  }

  @Test
  void sourceSuspendedByAnEditIsCurrent() {
    // Given
    apply(DOCUMENT);
    docs.awaitReason(Reason.Ready);

    // When
    apply("documents: [{name: hours, text: From ten to six.}]", "suspend: true");
    docs.awaitCondition("Paused", Reason.Suspended);

    // Then
    assertThat(docs.verdict()).isEqualTo(new Verdict("Suspended", Kstatus.Current));
    docs.awaitCondition("Synced", Reason.Suspended);
  }

  @Test
  void dryRunIsSuspendedAndSendsNothingUntilTheAnnotationIsRemoved() {
    // Given
    world.backend().clearJournal();
    world.apply(
        """
        apiVersion: okchat.ai/v1alpha1
        kind: KnowledgeSource
        metadata: {name: docs, annotations: {okchat.ai/dry-run: "true"}}
        spec:
          chatbotRef: {name: support}
          documents: [{name: hours, text: From nine to five.}]
        """);
    docs.awaitCondition("Paused", Reason.DryRun);
    var previewed = docs.verdict();
    var sent = world.backend().count("upload-knowledge");

    // When
    apply("documents: [{name: hours, text: From nine to five.}]");
    docs.awaitReason(Reason.Ready);

    // Then
    assertThat(previewed).isEqualTo(new Verdict("Suspended", Kstatus.InProgress));
    assertThat(sent).isZero();
    assertThat(world.backend().count("upload-knowledge")).isOne();
    assertThat(docs.verdict()).isEqualTo(new Verdict("Healthy", Kstatus.Current));
  }

  @Test
  void buttonsPauseResumeAndRefresh() {
    // Given
    apply(DOCUMENT);
    docs.awaitReason(Reason.Ready);
    docs.act("suspend");
    docs.awaitCondition("Paused", Reason.Suspended);
    var paused = docs.verdict();
    docs.act("resume");
    docs.awaitNoCondition("Paused");

    // When
    docs.act("refresh");

    // Then
    assertThat(paused).isEqualTo(new Verdict("Suspended", Kstatus.Current));
    docs.awaitField("/status/lastHandledRefreshAt");
    assertThat(docs.verdict()).isEqualTo(new Verdict("Healthy", Kstatus.Current));
  }

  private void apply(String... specLines) {
    var lines = String.join("\n  ", specLines);
    var chatbotRef = lines.contains("chatbotRef") ? "" : "chatbotRef: {name: support}\n  ";
    world.apply(
        """
        apiVersion: okchat.ai/v1alpha1
        kind: KnowledgeSource
        metadata: {name: docs}
        spec:
          %s%s
        """
            .formatted(chatbotRef, lines));
  }
}
