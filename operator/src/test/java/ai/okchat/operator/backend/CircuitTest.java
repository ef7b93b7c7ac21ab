package ai.okchat.operator.backend;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.okchat.FailureKind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

final class CircuitTest {

  private final Circuit circuit = new Circuit();

  @ParameterizedTest
  @EnumSource(names = {"UNAVAILABLE", "UNEXPECTED_ANSWER"})
  @DisplayName("T20: calls to a backend that does not work stop after five in a row")
  void opens_after_five_in_vain(FailureKind kind) {
    // Given
    fails(kind, Circuit.TOLERATED - 1);
    assertThat(circuit.isOpen()).isFalse();

    // When
    circuit.failed(kind);

    // Then
    assertThat(circuit.isOpen()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"UNAVAILABLE", "UNEXPECTED_ANSWER"})
  void a_refusal_stops_nothing(FailureKind kind) {
    // When
    fails(kind, 100);

    // Then
    assertThat(circuit.isOpen()).isFalse();
  }

  @Test
  void any_answer_starts_the_count_anew() {
    // Given
    fails(FailureKind.UNAVAILABLE, Circuit.TOLERATED - 1);

    // When
    circuit.answered();
    fails(FailureKind.UNAVAILABLE, Circuit.TOLERATED - 1);

    // Then
    assertThat(circuit.isOpen()).isFalse();
  }

  @Test
  void a_good_list_lets_one_more_call_fail() {
    // Given
    fails(FailureKind.UNAVAILABLE, 100);

    // When
    var objectsWait = circuit.listed();

    // Then
    assertThat(objectsWait).isTrue();
    assertThat(circuit.isOpen()).isFalse();
    circuit.failed(FailureKind.UNAVAILABLE);
    assertThat(circuit.isOpen()).isTrue();
  }

  @Test
  @DisplayName("T22: who was refused for the key is told of the next good list, once")
  void rejected_credentials_are_tried_again_after_a_good_list() {
    // Given
    circuit.failed(FailureKind.CREDENTIALS_REJECTED);

    // Then
    assertThat(circuit.listed()).isTrue();
    assertThat(circuit.listed()).isFalse();
  }

  private void fails(FailureKind kind, int times) {
    for (var i = 0; i < times; i++) {
      circuit.failed(kind);
    }
  }
}
