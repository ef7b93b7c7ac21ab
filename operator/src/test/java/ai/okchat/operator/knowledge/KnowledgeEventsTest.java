package ai.okchat.operator.knowledge;

import static ai.okchat.operator.knowledge.ingestion.SourceManifest.source;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.DocumentState;
import ai.okchat.api.v1alpha1.DocumentStatus;
import ai.okchat.operator.knowledge.ingestion.Progress;
import ai.okchat.operator.kubernetes.EventRecorder;
import ai.okchat.operator.testing.FakeApiServer;
import ai.okchat.operator.testing.MovingClock;
import ai.okchat.planning.document.Omissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The Events of a source: a Warning if a user should investigate. */
class KnowledgeEventsTest {

  private final RecordedChanges changes = new RecordedChanges();
  @AutoClose private final FakeApiServer kubernetes = new FakeApiServer();

  @AutoClose
  private final EventRecorder recorder =
      new EventRecorder(kubernetes.client(), new MovingClock(), changes);

  private final KnowledgeEvents events = new KnowledgeEvents(recorder);

  @Test
  void recordsNormalEventsOfIngestionAndDeletion() {
    // Given
    var documents = List.of(document("hours"), document("prices"));

    // When
    events.ingested(
        source(""),
        new Progress("bot", "sha256:1", documents, 0, true, false, true, Duration.ZERO));
    events.deleted(source(""), 2);

    // Then
    assertThat(changes.events())
        .containsExactly(
            "Normal Updated of docs: The bot has 2 of 2 documents of this source in their current"
                + " version.",
            "Normal Deleted of docs: Removed 2 documents of this source from the bot.");
  }

  @Test
  void countsTheDocumentsThatTheBotHasWhenOthersFail() {
    // Given
    var gone = new DocumentStatus("gone", null, null, DocumentState.FAILED, "It is gone.");

    // When
    events.ingested(
        source(""),
        new Progress(
            "bot",
            "sha256:1",
            List.of(gone, document("hours")),
            0,
            true,
            false,
            true,
            Duration.ZERO,
            Omissions.NONE,
            10));

    // Then
    assertThat(changes.events())
        .containsExactly(
            "Normal Updated of docs: The bot has 1 of 2 documents of this source in their current"
                + " version.");
  }

  @Test
  void recordsWarningsOfDriftAndOfADeletionThatLeavesDocuments() {
    // When
    events.driftFound(source(""));
    events.deletionBlocked(source(""), "The documents cannot be removed.");
    events.orphaned(source(""), "Orphaned the documents.");

    // Then
    assertThat(changes.events())
        .containsExactly(
            "Warning DriftFound of docs: Another client removed or changed documents of this source"
                + " in the backend. The operator uploads them again.",
            "Warning DeletionBlocked of docs: The documents cannot be removed.",
            "Warning Orphaned of docs: Orphaned the documents.");
  }

  private static DocumentStatus document(String name) {
    return new DocumentStatus(name, "sha256:0", "id", DocumentState.ACCEPTED, null);
  }
}
