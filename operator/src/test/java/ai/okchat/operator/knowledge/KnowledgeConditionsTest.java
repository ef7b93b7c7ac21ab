package ai.okchat.operator.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.DocumentState;
import ai.okchat.api.v1alpha1.DocumentStatus;
import ai.okchat.operator.knowledge.ingestion.Progress;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.ConditionValue;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.status.StandardConditions;
import ai.okchat.planning.document.Omissions;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The conditions of a KnowledgeSource, each as {@code status/reason}. */
class KnowledgeConditionsTest {

  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final RetrievalResult NO_CHECKS = new RetrievalResult.NoChecks();

  private static final Failure UNAVAILABLE =
      Failure.waiting(
          Reason.BackendUnavailable, "The backend does not respond.", Duration.ofMinutes(1));

  private static final Map<String, String> READY =
      Map.of("Ready", "True/Ready", "Synced", "True/IngestionComplete");

  @Test
  void reportsReadyWhenEveryDocumentIsListed() {
    // Given
    var progress = progress(DocumentState.ACCEPTED);

    // When
    var conditions = KnowledgeConditions.of(progress, NO_CHECKS, false);

    // Then
    assertThat(words(conditions)).isEqualTo(READY);
  }

  @Test
  @DisplayName("sitemap_other_host: a Ready source says which links are not read")
  void namesLinksThatAreNotReadWhenReady() {
    // Given
    var omissions = new Omissions(List.of(), "", "2 links lead to www.example.com. List them.");
    var row = new DocumentStatus("hours", null, null, DocumentState.ACCEPTED, null);
    var progress =
        new Progress("bot", "", List.of(row), 0, true, false, false, Duration.ZERO, omissions, 0);

    // When
    var conditions = KnowledgeConditions.of(progress, NO_CHECKS, false);

    // Then
    assertThat(conditions)
        .contains(
            new ConditionValue(
                ConditionType.Ready,
                ConditionValue.Truth.True,
                Reason.Ready,
                "The bot answers from the documents of this source. 2 links lead to"
                    + " www.example.com. List them."));
  }

  @Test
  @DisplayName("dead_link_in_sitemap: a tolerated dead link is named by a source that is Ready")
  void namesToleratedFailuresWhenReady() {
    // Given
    var rows =
        List.of(
            new DocumentStatus("gone", null, null, DocumentState.FAILED, "It is gone."),
            new DocumentStatus("hours", null, null, DocumentState.ACCEPTED, null));
    var progress =
        new Progress("bot", "", rows, 0, true, false, false, Duration.ZERO, Omissions.NONE, 10);

    // When
    var conditions = KnowledgeConditions.of(progress, NO_CHECKS, false);

    // Then
    assertThat(conditions)
        .containsExactly(
            new ConditionValue(
                ConditionType.Ready,
                ConditionValue.Truth.True,
                Reason.Ready,
                "The bot answers from the documents of this source, except 1 of 2 that cannot be"
                    + " ingested; the first is gone: It is gone. status.documents has the others."),
            new ConditionValue(
                ConditionType.Synced,
                ConditionValue.Truth.True,
                Reason.IngestionComplete,
                "The backend lists each document of the source that can be ingested exactly once,"
                    + " and no obsolete document."));
  }

  @Test
  void isStalledWhenTheOnlyObstacleIsAFailedDocument() {
    // Given
    var progress = progress(DocumentState.FAILED);

    // When
    var conditions = KnowledgeConditions.of(progress, NO_CHECKS, false);

    // Then
    assertThat(words(conditions))
        .isEqualTo(
            readyBut(
                "Ready", "False/DocumentsFailed",
                "Stalled", "True/DocumentsFailed",
                "Synced", "False/DocumentsFailed"));
  }

  @Test
  void reportsProgressWhileADocumentIsPending() {
    // Given
    var progress = progress(DocumentState.PENDING);

    // When
    var conditions = KnowledgeConditions.of(progress, new RetrievalResult.ChecksPending(), false);

    // Then
    assertThat(words(conditions))
        .isEqualTo(
            readyBut(
                "Ready", "Unknown/Ingesting",
                "Reconciling", "True/Ingesting",
                "Retrievable", "Unknown/ChecksPending",
                "Synced", "False/Ingesting"));
  }

  @Test
  void reportsDriftWhileRemovedDocumentsAreSentAgain() {
    // Given
    var progress = progress(DocumentState.PENDING);

    // When
    var conditions = KnowledgeConditions.of(progress, NO_CHECKS, true);

    // Then
    assertThat(words(conditions))
        .isEqualTo(
            readyBut(
                "Ready", "Unknown/Ingesting",
                "Reconciling", "True/Ingesting",
                "Synced", "False/Drifted"));
  }

  @Test
  void isSyncedWhenOnlyARetrievalCheckFails() {
    // Given
    var progress = progress(DocumentState.ACCEPTED);

    // When
    var conditions =
        KnowledgeConditions.of(progress, new RetrievalResult.Failed("No answer names it."), false);

    // Then
    assertThat(words(conditions))
        .isEqualTo(
            readyBut(
                "Ready", "False/RetrievalCheckFailed",
                "Reconciling", "True/RetrievalCheckFailed",
                "Retrievable", "False/RetrievalCheckFailed"));
  }

  @Test
  void keepsKnowledgeOfTheDocumentsWhenTheBackendFails() {
    // Given
    var before =
        written(
            KnowledgeConditions.of(
                progress(DocumentState.ACCEPTED), new RetrievalResult.Passed(), false));

    // When
    var conditions = KnowledgeConditions.failed(UNAVAILABLE, before);

    // Then
    assertThat(words(conditions))
        .isEqualTo(
            readyBut(
                "Ready", "Unknown/BackendUnavailable",
                "Reconciling", "True/BackendUnavailable",
                "Retrievable", "True/ChecksPassed"));
  }

  @Test
  void knowsNothingOfTheDocumentsWhenTheFirstReconciliationFails() {
    // Given
    var failure = Failure.referenceNotFound("The ConfigMap docs does not exist.");

    // When
    var conditions = KnowledgeConditions.failed(failure, List.of());

    // Then
    assertThat(words(conditions))
        .isEqualTo(
            Map.of(
                "Ready", "False/ReferenceNotFound",
                "Reconciling", "True/ReferenceNotFound",
                "Synced", "Unknown/ReferenceNotFound"));
  }

  @Test
  void keepsAllOtherConditionsWhilePaused() {
    // Given
    var before = written(KnowledgeConditions.of(progress(DocumentState.FAILED), NO_CHECKS, false));

    // When
    var conditions = StandardConditions.paused(before, false, "The source is suspended.");

    // Then
    var expected = words(KnowledgeConditions.of(progress(DocumentState.FAILED), NO_CHECKS, false));
    expected.put("Paused", "True/Suspended");
    assertThat(words(conditions)).isEqualTo(expected);
  }

  @Test
  void reportsNothingForANewPausedSource() {
    // When
    var conditions = StandardConditions.paused(List.of(), true, "The source is suspended.");

    // Then
    assertThat(words(conditions))
        .isEqualTo(
            Map.of(
                "Paused", "True/Suspended",
                "Ready", "Unknown/Suspended",
                "Synced", "Unknown/Suspended"));
  }

  @Test
  void forgetsThePauseWhenTheFirstReconciliationAfterItFails() {
    // Given
    var before = written(StandardConditions.paused(List.of(), true, "The source is suspended."));

    // When
    var conditions = KnowledgeConditions.failed(UNAVAILABLE, before);

    // Then
    assertThat(words(conditions))
        .isEqualTo(
            Map.of(
                "Ready", "Unknown/BackendUnavailable",
                "Reconciling", "True/BackendUnavailable",
                "Synced", "Unknown/BackendUnavailable"));
  }

  private static Progress progress(DocumentState state) {
    var message = state == DocumentState.FAILED ? "It is empty." : null;
    return new Progress(
        "bot",
        "",
        List.of(new DocumentStatus("hours", null, null, state, message)),
        0,
        true,
        false,
        false,
        Duration.ZERO);
  }

  private static Map<String, String> readyBut(String... changes) {
    var expected = new TreeMap<>(READY);
    for (var i = 0; i < changes.length; i += 2) {
      expected.put(changes[i], changes[i + 1]);
    }
    return expected;
  }

  private static Map<String, String> words(List<ConditionValue> conditions) {
    return conditions.stream()
        .collect(
            Collectors.toMap(
                condition -> condition.type().name(),
                condition -> condition.truth() + "/" + condition.reason(),
                (one, other) -> one + " and " + other,
                TreeMap::new));
  }

  /**
   * Returns the conditions as the API server has them, with one type that another version wrote.
   */
  private static List<Condition> written(List<ConditionValue> conditions) {
    var merged = Conditions.merge(List.of(), conditions, 1L, NOW);
    var unknown = new Condition(NOW.toString(), "", 1L, "Whatever", "True", "Future");
    return Stream.concat(merged.stream(), Stream.of(unknown)).toList();
  }
}
