package ai.okchat.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.status.ConditionValue.Truth;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {
  private static final String BEFORE = "2026-01-01T10:00:00Z";
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00.123456Z");
  private static final String NOW_TEXT = "2026-01-01T12:00:00Z";

  private static final ConditionValue READY =
      new ConditionValue(ConditionType.Ready, Truth.True, Reason.Ready, "All is well.");
  private static final ConditionValue DRIFT =
      new ConditionValue(ConditionType.DriftDetected, Truth.False, Reason.InSync, "None.");

  @Test
  void setsTransitionTimeToNowInWholeSeconds() {
    // When
    var merged = Conditions.merge(null, List.of(READY, DRIFT), 4, NOW);

    // Then
    assertThat(merged)
        .containsExactly(
            new Condition(NOW_TEXT, "None.", 4L, "InSync", "False", "DriftDetected"),
            new Condition(NOW_TEXT, "All is well.", 4L, "Ready", "True", "Ready"));
  }

  @Test
  void changesTransitionTimeOnlyWithTheStatus() {
    // Given
    var previous =
        List.of(
            new Condition(BEFORE, "None.", 3L, "InSync", "False", "DriftDetected"),
            new Condition(BEFORE, "No answer.", 3L, "BackendUnavailable", "Unknown", "Ready"));

    // When
    var merged = Conditions.merge(previous, List.of(READY, DRIFT), 4, NOW);

    // Then
    assertThat(merged)
        .containsExactly(
            new Condition(BEFORE, "None.", 4L, "InSync", "False", "DriftDetected"),
            new Condition(NOW_TEXT, "All is well.", 4L, "Ready", "True", "Ready"));
  }

  @Test
  void keepsTransitionTimeForAnotherReasonOrMessage() {
    // Given
    var previous = List.of(new Condition(BEFORE, "Old words.", 4L, "InSync", "True", "Ready"));

    // When
    var merged = Conditions.merge(previous, List.of(READY), 4, NOW);

    // Then
    assertThat(merged)
        .containsExactly(new Condition(BEFORE, "All is well.", 4L, "Ready", "True", "Ready"));
  }

  @Test
  void sameConditionsTwiceGiveTheSameList() {
    // Given
    var once = Conditions.merge(null, List.of(READY, DRIFT), 4, NOW);

    // When
    var twice = Conditions.merge(once, List.of(DRIFT, READY), 4, NOW.plusSeconds(3600));

    // Then
    assertThat(twice).isEqualTo(once);
  }

  @Test
  void addsMissingTransitionTime() {
    // Given
    var previous = List.of(new Condition(null, "All is well.", 4L, "Ready", "True", "Ready"));

    // When
    var merged = Conditions.merge(previous, List.of(READY), 4, NOW);

    // Then
    assertThat(merged)
        .containsExactly(new Condition(NOW_TEXT, "All is well.", 4L, "Ready", "True", "Ready"));
  }

  @Test
  void removesConditionWithoutAValue() {
    // Given
    var previous = List.of(new Condition(BEFORE, "?", 4L, "Old", "True", "FromAnOldVersion"));

    // When
    var merged = Conditions.merge(previous, List.of(READY), 4, NOW);

    // Then
    assertThat(merged).extracting(Condition::getType).containsExactly("Ready");
  }

  @Test
  void readsEarlierConditionAsAValue() {
    // Given
    var stored = Conditions.merge(null, List.of(READY, DRIFT), 4, NOW);

    // When
    var read = Conditions.value(stored, ConditionType.DriftDetected);

    // Then
    assertThat(read).contains(DRIFT);
  }

  @Test
  void ignoresReasonOfAnotherVersion() {
    // Given
    var stored = List.of(new Condition(BEFORE, "?", 4L, "FromTheFuture", "True", "Ready"));

    // When
    var read = Conditions.value(stored, ConditionType.Ready);

    // Then
    assertThat(read).isEmpty();
  }

  @Test
  void readsMissingMessageAsEmpty() {
    // Given
    var stored = List.of(new Condition(BEFORE, null, 4L, "Ready", "True", "Ready"));

    // When
    var read = Conditions.value(stored, ConditionType.Ready);

    // Then
    assertThat(read)
        .contains(new ConditionValue(ConditionType.Ready, Truth.True, Reason.Ready, ""));
  }

  @Test
  void missingConditionsAreNeitherTrueNorOfAnyReason() {
    // Given
    List<Condition> none = List.of();

    // When
    var isTrue = Conditions.isTrue(null, ConditionType.Ready);
    var hasReason = Conditions.hasReason(none, ConditionType.Ready, Reason.Ready);

    // Then
    assertThat(List.of(isTrue, hasReason)).containsExactly(false, false);
  }

  @Test
  void unknownIsNotTrue() {
    // Given
    var stored = List.of(new Condition(BEFORE, "?", 4L, "RateLimited", "Unknown", "Ready"));

    // When
    var isTrue = Conditions.isTrue(stored, ConditionType.Ready);
    var isLimited = Conditions.hasReason(stored, ConditionType.Ready, Reason.RateLimited);

    // Then
    assertThat(List.of(isTrue, isLimited)).containsExactly(false, true);
  }
}
