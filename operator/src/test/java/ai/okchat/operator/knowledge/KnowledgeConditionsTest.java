package ai.okchat.operator.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.DocumentState;
import ai.okchat.api.v1alpha1.DocumentStatus;
import ai.okchat.operator.status.ConditionValue;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The conditions of a KnowledgeSource, each as {@code status/reason}. */
class KnowledgeConditionsTest {

  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final Retrieval NO_CHECKS = new Retrieval.NoChecks();

  private static final Failure UNAVAILABLE =
      Failure.waiting(
          Reason.BackendUnavailable, "The backend does not respond.", Duration.ofMinutes(1));

  private static final Map<String, String> READY =
      Map.of(
          "DriftDetected", "False/NoDrift",
          "Ingested", "True/AllListed",
          "Paused", "False/NotPaused",
          "Ready", "True/Ready",
          "Reconciling", "False/Settled",
          "ResolvedRefs", "True/Resolved",
          "Retrievable", "True/NoChecks",
          "Stalled", "False/Settled",
          "Synced", "True/InSync");

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
  void staysSyncedWhenTheOnlyObstacleIsAFailedDocument() {
    // Given
    var progress = progress(DocumentState.FAILED);

    // When
    var conditions = KnowledgeConditions.of(progress, NO_CHECKS, false);

    // Then
    assertThat(words(conditions))
        .isEqualTo(
            readyBut(
                "Ingested", "False/DocumentsFailed",
                "Ready", "False/DocumentsFailed",
                "Reconciling", "False/DocumentsFailed",
                "Stalled", "True/DocumentsFailed"));
  }

  @Test
  void reportsProgressWhileADocumentIsPending() {
    // Given
    var progress = progress(DocumentState.PENDING);

    // When
    var conditions = KnowledgeConditions.of(progress, new Retrieval.NotAsked(), false);

    // Then
    assertThat(words(conditions))
        .isEqualTo(
            readyBut(
                "Ingested", "False/Ingesting",
                "Ready", "Unknown/Ingesting",
                "Reconciling", "True/Ingesting",
                "Retrievable", "Unknown/NotChecked",
                "Synced", "False/Ingesting"));
  }

  @Test
  void reportsDriftBesideReadyWhenDocumentsAreBack() {
    // Given
    var progress = progress(DocumentState.ACCEPTED);

    // When
    var conditions = KnowledgeConditions.of(progress, new Retrieval.Passed(), true);

    // Then
    assertThat(words(conditions))
        .isEqualTo(
            readyBut(
                "DriftDetected", "True/Drifted",
                "Retrievable", "True/ChecksPassed"));
  }

  @Test
  void isSyncedAndIngestedWhenOnlyARetrievalCheckFails() {
    // Given
    var progress = progress(DocumentState.ACCEPTED);

    // When
    var conditions =
        KnowledgeConditions.of(progress, new Retrieval.Failed("No answer names it."), false);

    // Then
    assertThat(words(conditions))
        .isEqualTo(
            readyBut(
                "Ready", "False/NotRetrievable",
                "Reconciling", "True/NotRetrievable",
                "Retrievable", "False/NotRetrievable"));
  }

  @Test
  void keepsKnowledgeOfTheDocumentsWhenTheBackendFails() {
    // Given
    var before = written(KnowledgeConditions.of(progress(DocumentState.ACCEPTED), NO_CHECKS, true));

    // When
    var conditions = KnowledgeConditions.failed(UNAVAILABLE, before);

    // Then
    assertThat(words(conditions))
        .isEqualTo(
            readyBut(
                "Ready", "Unknown/BackendUnavailable",
                "Reconciling", "True/BackendUnavailable",
                "Synced", "Unknown/BackendUnavailable"));
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
            readyBut(
                "Ingested", "Unknown/ReferenceNotFound",
                "Ready", "False/ReferenceNotFound",
                "Reconciling", "True/ReferenceNotFound",
                "ResolvedRefs", "False/ReferenceNotFound",
                "Retrievable", "Unknown/ReferenceNotFound",
                "Synced", "Unknown/ReferenceNotFound"));
  }

  @Test
  void keepsAllOtherConditionsWhilePaused() {
    // Given
    var before = written(KnowledgeConditions.of(progress(DocumentState.FAILED), NO_CHECKS, false));

    // When
    var conditions = KnowledgeConditions.paused(before, "The source is suspended.");

    // Then
    var expected = words(KnowledgeConditions.of(progress(DocumentState.FAILED), NO_CHECKS, false));
    expected.put("Paused", "True/Suspended");
    assertThat(words(conditions)).isEqualTo(expected);
  }

  @Test
  void saysNothingOfANewSourceThatIsPaused() {
    // When
    var conditions = KnowledgeConditions.paused(List.of(), "The source is suspended.");

    // Then
    var expected = new TreeMap<>(READY);
    expected.replaceAll((_, _) -> "Unknown/Suspended");
    expected.put("Paused", "True/Suspended");
    assertThat(words(conditions)).isEqualTo(expected);
  }

  @Test
  void forgetsThePauseWhenTheFirstReconciliationAfterItFails() {
    // Given
    var before = written(KnowledgeConditions.paused(List.of(), "The source is suspended."));

    // When
    var conditions = KnowledgeConditions.failed(UNAVAILABLE, before);

    // Then
    assertThat(words(conditions))
        .isEqualTo(
            readyBut(
                "Ingested", "Unknown/BackendUnavailable",
                "Ready", "Unknown/BackendUnavailable",
                "Reconciling", "True/BackendUnavailable",
                "Retrievable", "Unknown/BackendUnavailable",
                "Synced", "Unknown/BackendUnavailable"));
  }

  @Test
  void reportsStaleOnlyWhenTheSourceIsOlderThanAllowed() {
    // When
    var stale = Stream.of(true, false).map(KnowledgeConditions::stale).map(List::of).toList();

    // Then
    assertThat(stale.stream().map(KnowledgeConditionsTest::words))
        .containsExactly(Map.of("Stale", "True/TooOld"), Map.of("Stale", "False/Fresh"));
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

  /** As the API server has them, with one type that another version wrote. */
  private static List<Condition> written(List<ConditionValue> conditions) {
    var merged = Conditions.merge(List.of(), conditions, 1L, NOW);
    var unknown = new Condition(NOW.toString(), "", 1L, "Whatever", "True", "Future");
    return Stream.concat(merged.stream(), Stream.of(unknown)).toList();
  }
}
