package ai.okchat.operator.chatbot;

import static ai.okchat.operator.chatbot.Manifest.GENERATION;
import static ai.okchat.operator.chatbot.Manifest.chatbot;
import static ai.okchat.operator.chatbot.Manifest.withStatus;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.operator.status.ConditionValue.Truth;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Next;
import ai.okchat.operator.status.Reason;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An outage is told once, not at each retry. */
final class SteadyWordsTest {

  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final Failure TIMED_OUT = passing(Reason.BackendUnavailable, "No answer in 3 s.");
  private static final Failure CUT = passing(Reason.BackendUnavailable, "The connection broke.");

  @Test
  @DisplayName("T18 T19: an outage that fails in another way at each retry is written once")
  void other_words_for_the_same_are_no_news() {
    // When
    var failure = SteadyWords.of(after(TIMED_OUT), CUT);

    // Then
    assertThat(failure).isEqualTo(TIMED_OUT);
  }

  @Test
  void another_reason_is_news() {
    // Given
    var page = passing(Reason.UnexpectedAnswer, "A web page came.");

    // Then
    assertThat(SteadyWords.of(after(TIMED_OUT), page)).isEqualTo(page);
  }

  @Test
  void what_a_person_must_change_is_told_in_its_own_words() {
    // Given
    var before = Failure.stalled(Reason.SpecRejected, "The model is not known.");
    var now = Failure.stalled(Reason.SpecRejected, "The name is too long.");

    // Then
    assertThat(SteadyWords.of(after(before), now)).isEqualTo(now);
  }

  @Test
  void a_newer_generation_gets_its_own_words() {
    // Given
    var edited = after(TIMED_OUT);
    edited.getMetadata().setGeneration(GENERATION + 1);

    // Then
    assertThat(SteadyWords.of(edited, CUT)).isEqualTo(CUT);
  }

  @Test
  void the_first_failure_has_its_own_words() {
    // Then
    assertThat(SteadyWords.of(chatbot(""), CUT)).isEqualTo(CUT);
  }

  private static Chatbot after(Failure failure) {
    var chatbot = chatbot("");
    return withStatus(chatbot, ChatbotReport.failed(chatbot, failure, ChatbotStatus.empty(), NOW));
  }

  private static Failure passing(Reason reason, String message) {
    return new Failure(Truth.Unknown, reason, message, false, Next.BACKOFF);
  }
}
