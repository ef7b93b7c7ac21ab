package ai.okchat.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.status.ConditionValue.Truth;
import org.junit.jupiter.api.Test;

class StandardConditionsTest {
  private static final ConditionValue RESOLVED =
      new ConditionValue(
          ConditionType.ResolvedRefs,
          Truth.True,
          Reason.Resolved,
          "Everything that the spec names exists and may be used.");
  private static final ConditionValue NOT_STALLED =
      new ConditionValue(
          ConditionType.Stalled, Truth.False, Reason.Settled, "Nobody has to change anything.");

  @Test
  void a_good_pass_leaves_nothing_to_do() {
    // When
    var values = StandardConditions.ready("The bot is there.");

    // Then
    assertThat(values)
        .containsExactlyInAnyOrder(
            new ConditionValue(ConditionType.Ready, Truth.True, Reason.Ready, "The bot is there."),
            RESOLVED,
            new ConditionValue(
                ConditionType.Reconciling, Truth.False, Reason.Settled, "Nothing is left to do."),
            NOT_STALLED);
  }

  @Test
  void a_failure_that_passes_goes_on_reconciling() {
    // Given
    var failure = Failure.of(Refusal.of(503));

    // When
    var values = StandardConditions.failed(failure);

    // Then
    assertThat(values)
        .containsExactlyInAnyOrder(
            new ConditionValue(
                ConditionType.Ready, Truth.Unknown, Reason.BackendUnavailable, failure.message()),
            RESOLVED,
            new ConditionValue(
                ConditionType.Reconciling,
                Truth.True,
                Reason.BackendUnavailable,
                failure.message()),
            NOT_STALLED);
  }

  @Test
  void what_waits_for_a_person_is_stalled_and_no_longer_reconciling() {
    // Given
    var failure = Failure.stalled(Reason.SlugTaken, "Choose another.");

    // When
    var values = StandardConditions.failed(failure);

    // Then
    assertThat(values)
        .containsExactlyInAnyOrder(
            new ConditionValue(
                ConditionType.Ready, Truth.False, Reason.SlugTaken, "Choose another."),
            RESOLVED,
            new ConditionValue(
                ConditionType.Reconciling, Truth.False, Reason.SlugTaken, "Choose another."),
            new ConditionValue(
                ConditionType.Stalled, Truth.True, Reason.SlugTaken, "Choose another."));
  }

  @Test
  void a_missing_reference_is_told_by_resolved_refs_too() {
    // Given
    var failure = Failure.referenceNotFound("The Secret okchat does not exist.");

    // When
    var values = StandardConditions.failed(failure);

    // Then
    assertThat(values)
        .containsExactlyInAnyOrder(
            new ConditionValue(
                ConditionType.Ready, Truth.False, Reason.ReferenceNotFound, failure.message()),
            new ConditionValue(
                ConditionType.ResolvedRefs,
                Truth.False,
                Reason.ReferenceNotFound,
                failure.message()),
            new ConditionValue(
                ConditionType.Reconciling, Truth.True, Reason.ReferenceNotFound, failure.message()),
            NOT_STALLED);
  }
}
