package ai.okchat.operator.chatbot;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.chatbot.CreateAttempts.Outcome;
import ai.okchat.operator.okchat.FailureKind;
import ai.okchat.operator.okchat.OkChatException;
import org.junit.jupiter.api.Test;

class CreateAttemptsTest {
  private static final String UID = "uid";

  private final CreateAttempts attempts = new CreateAttempts();

  @Test
  void t1_without_a_record_an_attempt_may_have_worked() {
    // When
    var last = attempts.last(UID);

    // Then
    assertThat(last).isEqualTo(Outcome.AMBIGUOUS);
  }

  @Test
  void a_failure_that_changed_nothing_may_be_repeated() {
    // When
    attempts.failed(UID, failure(FailureKind.UNAVAILABLE, false));

    // Then
    assertThat(attempts.last(UID)).isEqualTo(Outcome.REFUSED);
    assertThat(attempts.last("another")).isEqualTo(Outcome.AMBIGUOUS);
  }

  @Test
  void t2_a_failure_that_may_have_worked_is_ambiguous() {
    // Given
    attempts.failed(UID, failure(FailureKind.CONFLICT, false));

    // When
    attempts.failed(UID, failure(FailureKind.UNAVAILABLE, true));

    // Then
    assertThat(attempts.last(UID)).isEqualTo(Outcome.AMBIGUOUS);
  }

  @Test
  void what_is_forgotten_counts_as_ambiguous_again() {
    // Given
    attempts.failed(UID, failure(FailureKind.CONFLICT, false));

    // When
    attempts.forget(UID);

    // Then
    assertThat(attempts.last(UID)).isEqualTo(Outcome.AMBIGUOUS);
  }

  private static OkChatException failure(FailureKind kind, boolean mayHaveBeenApplied) {
    return OkChatException.failure(kind, "create chatbot", "backend")
        .mayHaveBeenApplied(mayHaveBeenApplied)
        .build();
  }
}
