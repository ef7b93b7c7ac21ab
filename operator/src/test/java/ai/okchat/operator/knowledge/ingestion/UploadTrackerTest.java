package ai.okchat.operator.knowledge.ingestion;

import static ai.okchat.operator.knowledge.ingestion.SourceManifest.UID;
import static ai.okchat.operator.knowledge.ingestion.SourceManifest.annotated;
import static ai.okchat.operator.knowledge.ingestion.SourceManifest.source;
import static ai.okchat.operator.knowledge.ingestion.SourceManifest.withStatus;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.planning.document.UploadAttempt;
import ai.okchat.planning.document.UploadAttempt.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Records of the uploads of one process, by KnowledgeSource and by bot. */
class UploadTrackerTest {

  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final UploadAttempt ACCEPTED = UploadAttempt.of(Outcome.ACKNOWLEDGED, NOW);
  private static final UploadAttempt REJECTED =
      UploadAttempt.rejected(NOW.minusSeconds(1), "Rejected.");

  private final UploadTracker uploads = new UploadTracker();

  @Test
  void knowsUploadsOfTheBotThatTheyWereSentToOnly() {
    // Given
    var memory = uploads.begin(UID, memory(Map.of("a", ACCEPTED)));

    // When, Then
    assertThat(uploads.of(UID, "bot")).contains(memory);
    assertThat(uploads.of(UID, "another-bot")).isEmpty();
    assertThat(uploads.of("another-uid", "bot")).isEmpty();
    assertThat(List.of(uploads.knows(UID), uploads.knows("another-uid")))
        .containsExactly(true, false);
  }

  @Test
  void startsFromTheLedgerWithoutChangingIt() {
    // Given
    var ledger = Map.of("a", ACCEPTED);
    var memory = uploads.begin(UID, memory(ledger));

    // When
    memory.byKey().put("b", REJECTED);

    // Then
    assertThat(memory)
        .isEqualTo(
            new UploadTracker.Memory(
                "bot", Map.of("a", ACCEPTED, "b", REJECTED), Optional.empty(), ledger));
  }

  @Test
  void replacesRecordWhenTheSourceFollowsAnotherBot() {
    // Given
    uploads.begin(UID, memory(Map.of("a", ACCEPTED)));

    // When
    var memory = uploads.begin(UID, UploadTracker.Memory.of("new-bot", Map.of(), Optional.of(NOW)));

    // Then
    assertThat(uploads.of(UID, "bot")).isEmpty();
    assertThat(uploads.of(UID, "new-bot")).contains(memory);
  }

  @Test
  void sendsFailedDocumentsAgainWhenAUserRequestsARefresh() {
    // Given
    var unconfirmed = new UploadAttempt(Outcome.UNCERTAIN, NOW.minusSeconds(60), "No response.", 5);
    var once = new UploadAttempt(Outcome.UNCERTAIN, NOW.minusSeconds(60), "No response.", 4);
    var memory = memory(Map.of("a", ACCEPTED, "b", REJECTED, "c", unconfirmed, "d", once));

    // When
    uploads.retryOnRequest(requested("1"), memory, NOW);

    // Then
    assertThat(memory.byKey()).isEqualTo(Map.of("a", ACCEPTED, "d", once));
  }

  @Test
  void keepsFailedDocumentThatTheListMayStillShowWhenAUserRequestsARefresh() {
    // Given
    var recent = new UploadAttempt(Outcome.UNCERTAIN, NOW.minusSeconds(59), "No response.", 5);
    var memory = memory(Map.of("a", recent));

    // When
    uploads.retryOnRequest(requested("1"), memory, NOW);

    // Then
    assertThat(memory.byKey()).isEqualTo(Map.of("a", recent));
  }

  @Test
  void sendsFailedDocumentsAgainOnceForEachRequest() {
    // Given
    var memory = memory(Map.of("a", REJECTED));
    uploads.retryOnRequest(requested("1"), memory, NOW);

    // When
    memory.byKey().put("a", REJECTED);
    uploads.retryOnRequest(requested("1"), memory, NOW);
    var afterSameRequest = Map.copyOf(memory.byKey());
    uploads.retryOnRequest(requested("2"), memory, NOW);
    var afterNextRequest = Map.copyOf(memory.byKey());

    // Then
    assertThat(List.of(afterSameRequest, afterNextRequest))
        .containsExactly(Map.of("a", REJECTED), Map.of());
  }

  @Test
  void keepsFailedDocumentsWhenAnEarlierProcessHandledTheRequest() {
    // Given
    var memory = memory(Map.of("a", REJECTED));
    var handled = withStatus(requested("1"), "lastHandledRefreshAt: '1'");
    var handledBefore = withStatus(requested("2"), "lastHandledRefreshAt: '1'");

    // When
    uploads.retryOnRequest(source(""), memory, NOW);
    uploads.retryOnRequest(handled, memory, NOW);
    var afterHandled = Map.copyOf(memory.byKey());
    uploads.retryOnRequest(handledBefore, memory, NOW);
    var afterNew = Map.copyOf(memory.byKey());

    // Then
    assertThat(List.of(afterHandled, afterNew)).containsExactly(Map.of("a", REJECTED), Map.of());
  }

  @Test
  void retriesTheFailedDocumentThatIsDueFirst() {
    // Given
    var unconfirmed = new UploadAttempt(Outcome.UNCERTAIN, NOW.minusSeconds(30), "No response.", 5);
    uploads.begin(
        UID,
        memory(
            Map.of(
                "a", UploadAttempt.of(Outcome.UNCERTAIN, NOW.minusSeconds(3600)),
                "b", REJECTED,
                "c", unconfirmed)));

    // When
    var untilRetry = uploads.untilRetry(UID, NOW);

    // Then
    assertThat(untilRetry).contains(Duration.ofSeconds(90));
  }

  @Test
  void retriesNothingWhenNoDocumentFailed() {
    // Given
    uploads.begin(UID, memory(Map.of("a", ACCEPTED)));

    // When
    var untilRetry = List.of(uploads.untilRetry(UID, NOW), uploads.untilRetry("another-uid", NOW));

    // Then
    assertThat(untilRetry).containsExactly(Optional.empty(), Optional.empty());
  }

  @Test
  void forgetsAllOfADeletedSourceAndNothingOfAnother() {
    // Given
    var other = uploads.begin("another-uid", memory(Map.of("a", ACCEPTED)));
    var memory = uploads.begin(UID, memory(Map.of()));
    uploads.acceptedRemoval(UID, "document", NOW);
    uploads.retryOnRequest(requested("1"), memory, NOW);

    // When
    uploads.forget(UID);
    var recreated = memory(Map.of("a", REJECTED));
    uploads.retryOnRequest(requested("1"), recreated, NOW);

    // Then
    assertThat(uploads.of(UID, "bot")).isEmpty();
    assertThat(uploads.removed(UID)).isEmpty();
    assertThat(recreated.byKey()).isEmpty();
    assertThat(uploads.of("another-uid", "bot")).contains(other);
  }

  @Test
  void recordsRemovalsOfTheSourceThatSentThemOnly() {
    // Given
    uploads.acceptedRemoval(UID, "document", NOW);

    // When
    var poll = uploads.removed(UID).flatMap(removed -> removed.poll(NOW.plusSeconds(10)));

    // Then
    assertThat(poll).contains(Duration.ofSeconds(5));
    assertThat(uploads.removed("another-uid")).isEmpty();
  }

  @Test
  void recordsWhatABackendDoesForEachBot() {
    // Given
    uploads.setUnknown("bot", true);
    uploads.setUnknown("found-again", true);
    uploads.setUnknown("found-again", false);
    uploads.keepsTitles("bot");

    // When, Then
    assertThat(List.of(uploads.isUnknown("bot"), uploads.isUnknown("found-again")))
        .containsExactly(true, false);
    assertThat(List.of(uploads.replacesInPlace("bot"), uploads.replacesInPlace("other")))
        .containsExactly(false, true);
  }

  private static UploadTracker.Memory memory(Map<String, UploadAttempt> ledger) {
    return UploadTracker.Memory.of("bot", ledger, Optional.empty());
  }

  private static KnowledgeSource requested(String value) {
    return annotated(source(""), Map.of("okchat.ai/refresh-requested-at", value));
  }
}
