package ai.okchat.operator.status;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.status.ConditionValue.Truth;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** T22, B8: the table of design.md section 6, row by row, from what really came over the wire. */
class FailureTest {
  private static final String JSON = "application/json";

  private static final Requeue HOURLY = new Requeue.Recheck(Duration.ofHours(1));

  private static final Requeue SLOW = new Requeue.Recheck(Duration.ofMinutes(15));

  private static final Requeue BACKOFF = new Requeue.Backoff();

  @Test
  void requeuesPermanentlyRejectedLinkSlowly() {
    // Given
    var refused = FollowedLink.refused();

    // When
    var failure = Failure.of(refused);

    // Then
    assertThat(failure)
        .isEqualTo(new Failure(Truth.False, Reason.ReferenceNotFound, words(refused), false, SLOW));
  }

  @Test
  void retriesTransientFailureOfALinkWithBackoff() {
    // Given
    var failed = FollowedLink.failed();

    // When
    var failure = Failure.of(failed);

    // Then
    assertThat(failure)
        .isEqualTo(
            new Failure(Truth.Unknown, Reason.ReferenceNotFound, words(failed), false, BACKOFF));
  }

  @Test
  void rejectedCredentialsNameAFix() {
    // When
    var failure = Failure.of(ErrorResponse.of(401));

    // Then
    assertThat(ErrorResponse.steady(failure.message()))
        .isEqualTo(
            "Tried to create chatbot at backend but the backend responded with 401: the words of"
                + " the backend. Write a valid key to the Secret. The operator notices it at"
                + " once.");
  }

  @Test
  void rejectedSpecQuotesTheBackend() {
    // When
    var failure = Failure.of(ErrorResponse.of(422));

    // Then
    assertThat(ErrorResponse.steady(failure.message()))
        .isEqualTo(
            "Tried to create chatbot at backend but the backend responded with 422: the words of"
                + " the backend. Change the spec accordingly.");
  }

  @Test
  void addsNoSecondFullStop() {
    // When
    var failure = Failure.of(ErrorResponse.of(402, JSON, "{\"error\": \"One bot per plan!\"}"));

    // Then
    assertThat(ErrorResponse.steady(failure.message()))
        .isEqualTo(
            "Tried to create chatbot at backend but the backend responded with 402: One bot per"
                + " plan! Delete bots or documents, or increase the quota. The operator tries again"
                + " every 15 minutes.");
  }

  @Test
  void unexpectedExceptionShowsOnlyItsClass() {
    // When
    var failure = Failure.of(new IllegalStateException("the prompt: MARKER"));

    // Then
    assertThat(failure.message())
        .isEqualTo(
            "An unexpected IllegalStateException occurred; the log of the operator has its stack"
                + " trace. The operator tries again.");
  }

  @Test
  void kubernetesErrorShowsOnlyItsCode() {
    // When
    var failure = Failure.of(new KubernetesClientException("the object: MARKER", 422, null));

    // Then
    assertThat(failure.message())
        .isEqualTo("The API server responded with 422. The operator tries again.");
  }

  @Test
  void missingReferenceWaitsForAnEventOrAnHour() {
    // When
    var failure = Failure.referenceNotFound("The Secret okchat does not exist.");

    // Then
    assertThat(failure)
        .isEqualTo(
            new Failure(
                Truth.False,
                Reason.ReferenceNotFound,
                "The Secret okchat does not exist.",
                false,
                HOURLY));
  }

  @Test
  void forbiddenReferenceIsAReferenceFailure() {
    // When
    var failure = Failure.referenceNotPermitted("It may not be used.");

    // Then
    assertThat(failure)
        .isEqualTo(
            new Failure(
                Truth.False, Reason.ReferenceNotPermitted, "It may not be used.", false, HOURLY));
  }

  @Test
  void requeuesPermanentFailureOnceAnHour() {
    // When
    var failure = Failure.stalled(Reason.AccountChanged, "Put the key back.");

    // Then
    assertThat(failure)
        .isEqualTo(
            new Failure(Truth.False, Reason.AccountChanged, "Put the key back.", true, HOURLY));
  }

  @Test
  void waitingFailureIsUnknown() {
    // When
    var failure =
        Failure.waiting(Reason.WaitingForBackend, "It is looked for.", Duration.ofSeconds(9));

    // Then
    assertThat(failure)
        .isEqualTo(
            new Failure(
                Truth.Unknown,
                Reason.WaitingForBackend,
                "It is looked for.",
                false,
                new Requeue.Recheck(Duration.ofSeconds(9))));
  }

  private static String words(Exception e) {
    return requireNonNull(e.getMessage());
  }
}
