package ai.okchat.operator.chatbot;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.MovingClock;
import org.junit.jupiter.api.Test;

/** T16: drift that keeps coming back is somebody's will. */
class DriftHistoryTest {
  private static final String UID = "uid";

  private final MovingClock clock = new MovingClock();
  private final DriftHistory history = new DriftHistory(clock);

  @Test
  void two_corrections_are_no_contest() {
    // When
    correct(2);

    // Then
    assertThat(history.isContested(UID)).isFalse();
  }

  @Test
  void three_within_ten_minutes_are_one() {
    // When
    correct(3);

    // Then
    assertThat(history.isContested(UID)).isTrue();
    assertThat(history.isContested("another")).isFalse();
  }

  @Test
  void corrections_that_are_far_apart_are_none() {
    // When
    for (var i = 0; i < 20; i++) {
      history.corrected(UID);
      clock.passSeconds(300);
    }

    // Then
    assertThat(history.isContested(UID)).isFalse();
  }

  @Test
  void a_contest_ends_when_the_window_has_passed() {
    // Given
    correct(5);

    // When
    clock.pass(DriftHistory.WINDOW);

    // Then
    assertThat(history.isContested(UID)).isFalse();
  }

  @Test
  void what_is_forgotten_starts_anew() {
    // Given
    correct(5);

    // When
    history.forget(UID);

    // Then
    assertThat(history.isContested(UID)).isFalse();
  }

  private void correct(int times) {
    for (var i = 0; i < times; i++) {
      history.corrected(UID);
    }
  }
}
