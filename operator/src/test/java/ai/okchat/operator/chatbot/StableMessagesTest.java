package ai.okchat.operator.chatbot;

import static ai.okchat.operator.chatbot.Manifest.GENERATION;
import static ai.okchat.operator.chatbot.Manifest.chatbot;
import static ai.okchat.operator.chatbot.Manifest.withStatus;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.operator.status.ConditionValue.Truth;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.status.Requeue;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Messages of an outage: the first one stays until the reason changes. */
final class StableMessagesTest {

  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final Failure TIMED_OUT = passing(Reason.BackendUnavailable, "No answer in 3 s.");
  private static final Failure CUT = passing(Reason.BackendUnavailable, "The connection broke.");

  @Test
  @DisplayName("T18 T19: an outage with another error at each retry is written once")
  void keepsFirstMessageOfAnOutage() {
    // When
    var failure = StableMessages.of(after(TIMED_OUT), CUT);

    // Then
    assertThat(failure).isEqualTo(TIMED_OUT);
  }

  @Test
  void returnsFailureWithAnotherReason() {
    // Given
    var page = passing(Reason.UnexpectedResponse, "A web page came.");

    // Then
    assertThat(StableMessages.of(after(TIMED_OUT), page)).isEqualTo(page);
  }

  @Test
  void returnsPermanentFailureUnchanged() {
    // Given
    var before = Failure.stalled(Reason.SpecRejected, "The model is not known.");
    var now = Failure.stalled(Reason.SpecRejected, "The name is too long.");

    // Then
    assertThat(StableMessages.of(after(before), now)).isEqualTo(now);
  }

  @Test
  void returnsFailureOfANewerGeneration() {
    // Given
    var edited = after(TIMED_OUT);
    edited.getMetadata().setGeneration(GENERATION + 1);

    // Then
    assertThat(StableMessages.of(edited, CUT)).isEqualTo(CUT);
  }

  @Test
  void returnsFirstFailure() {
    // Then
    assertThat(StableMessages.of(chatbot(""), CUT)).isEqualTo(CUT);
  }

  private static Chatbot after(Failure failure) {
    var chatbot = chatbot("");
    return withStatus(
        chatbot, ChatbotStatusFactory.failed(chatbot, failure, ChatbotStatus.empty(), NOW));
  }

  private static Failure passing(Reason reason, String message) {
    return new Failure(Truth.Unknown, reason, message, false, Requeue.BACKOFF);
  }
}
