package ai.okchat.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.status.ConditionValue.Truth;
import org.junit.jupiter.api.Test;

class StandardConditionsTest {

  @Test
  void setsOnlyReadyWhenEverythingIsDone() {
    // When
    var values = StandardConditions.ready("The bot exists.");

    // Then
    assertThat(values)
        .containsExactly(
            new ConditionValue(ConditionType.Ready, Truth.True, Reason.Ready, "The bot exists."));
  }

  @Test
  void isReconcilingAfterATransientFailure() {
    // Given
    var failure = Failure.of(ErrorResponse.of(503));

    // When
    var values = StandardConditions.failed(failure);

    // Then
    assertThat(values)
        .containsExactly(
            new ConditionValue(
                ConditionType.Ready, Truth.Unknown, Reason.BackendUnavailable, failure.message()),
            new ConditionValue(
                ConditionType.Reconciling,
                Truth.True,
                Reason.BackendUnavailable,
                failure.message()));
  }

  @Test
  void isStalledWhenAUserHasToAct() {
    // Given
    var failure = Failure.stalled(Reason.SlugTaken, "Choose another.");

    // When
    var values = StandardConditions.failed(failure);

    // Then
    assertThat(values)
        .containsExactly(
            new ConditionValue(
                ConditionType.Ready, Truth.False, Reason.SlugTaken, "Choose another."),
            new ConditionValue(
                ConditionType.Stalled, Truth.True, Reason.SlugTaken, "Choose another."));
  }
}
