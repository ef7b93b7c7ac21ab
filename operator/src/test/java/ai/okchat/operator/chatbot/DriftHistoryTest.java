package ai.okchat.operator.chatbot;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.MovingClock;
import org.junit.jupiter.api.Test;

/** T16: recurring drift counts as intended by another client. */
class DriftHistoryTest {
  private static final String UID = "uid";

  private final MovingClock clock = new MovingClock();
  private final DriftHistory history = new DriftHistory(clock);

  @Test
  void twoCorrectionsAreNotRecurring() {
    // When
    correct(2);

    // Then
    assertThat(history.isRecurring(UID)).isFalse();
  }

  @Test
  void threeCorrectionsWithinTenMinutesAreRecurring() {
    // When
    correct(3);

    // Then
    assertThat(history.isRecurring(UID)).isTrue();
    assertThat(history.isRecurring("another")).isFalse();
  }

  @Test
  void correctionsFarApartAreNotRecurring() {
    // When
    for (var i = 0; i < 20; i++) {
      history.corrected(UID);
      clock.passSeconds(300);
    }

    // Then
    assertThat(history.isRecurring(UID)).isFalse();
  }

  @Test
  void recurrenceEndsAfterTheWindow() {
    // Given
    correct(5);

    // When
    clock.pass(DriftHistory.WINDOW);

    // Then
    assertThat(history.isRecurring(UID)).isFalse();
  }

  @Test
  void startsAgainAfterForget() {
    // Given
    correct(5);

    // When
    history.forget(UID);

    // Then
    assertThat(history.isRecurring(UID)).isFalse();
  }

  private void correct(int times) {
    for (var i = 0; i < times; i++) {
      history.corrected(UID);
    }
  }
}
