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

  private static final Next HOURLY = new Next.Recheck(Duration.ofHours(1));

  private static final Next SLOW = new Next.Recheck(Duration.ofMinutes(15));

  private static final Next BACKOFF = new Next.Backoff();

  @Test
  void a_link_that_is_refused_for_good_is_a_reference_that_is_looked_at_now_and_then() {
    // Given
    var refused = FollowedLink.refused();

    // When
    var failure = Failure.of(refused);

    // Then
    assertThat(failure)
        .isEqualTo(new Failure(Truth.False, Reason.ReferenceNotFound, words(refused), false, SLOW));
  }

  @Test
  void a_link_that_fails_for_now_is_tried_again_like_all_that_passes() {
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
  void rejected_credentials_say_what_to_do() {
    // When
    var failure = Failure.of(Refusal.of(401));

    // Then
    assertThat(Refusal.steady(failure.message()))
        .isEqualTo(
            "Tried to create chatbot at backend but the backend answered 401: the words of the"
                + " backend. Put a valid key into the Secret; the operator notices at once.");
  }

  @Test
  void a_rejected_spec_quotes_the_backend() {
    // When
    var failure = Failure.of(Refusal.of(422));

    // Then
    assertThat(Refusal.steady(failure.message()))
        .isEqualTo(
            "Tried to create chatbot at backend but the backend answered 422: the words of the"
                + " backend. Change the spec as the backend's words say.");
  }

  @Test
  void words_that_end_a_sentence_themselves_get_no_second_full_stop() {
    // When
    var failure = Failure.of(Refusal.of(402, JSON, "{\"error\": \"One bot per plan!\"}"));

    // Then
    assertThat(Refusal.steady(failure.message()))
        .isEqualTo(
            "Tried to create chatbot at backend but the backend answered 402: One bot per plan!"
                + " Free or buy capacity; it is tried again every 15 minutes.");
  }

  @Test
  void what_nobody_foresaw_names_its_class_and_nothing_of_its_text() {
    // When
    var failure = Failure.of(new IllegalStateException("the prompt: MARKER"));

    // Then
    assertThat(failure.message())
        .isEqualTo(
            "An unexpected IllegalStateException; the operator's log has its stack. It is tried"
                + " again.");
  }

  @Test
  void an_answer_of_kubernetes_is_named_by_its_code_alone() {
    // When
    var failure = Failure.of(new KubernetesClientException("the object: MARKER", 422, null));

    // Then
    assertThat(failure.message())
        .isEqualTo("The Kubernetes API server answered 422. It is tried again.");
  }

  @Test
  void a_missing_reference_waits_for_its_event_and_looks_once_an_hour() {
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
    assertThat(failure.aboutReferences()).isTrue();
  }

  @Test
  void a_forbidden_reference_is_about_references_too() {
    // When
    var failure = Failure.referenceNotPermitted("It may not be used.");

    // Then
    assertThat(failure)
        .isEqualTo(
            new Failure(
                Truth.False, Reason.ReferenceNotPermitted, "It may not be used.", false, HOURLY));
    assertThat(failure.aboutReferences()).isTrue();
  }

  @Test
  void what_waits_for_a_person_is_looked_at_once_an_hour() {
    // When
    var failure = Failure.stalled(Reason.AccountChanged, "Put the key back.");

    // Then
    assertThat(failure)
        .isEqualTo(
            new Failure(Truth.False, Reason.AccountChanged, "Put the key back.", true, HOURLY));
    assertThat(failure.aboutReferences()).isFalse();
  }

  @Test
  void what_is_under_way_is_neither_good_nor_bad() {
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
                new Next.Recheck(Duration.ofSeconds(9))));
  }

  private static String words(Exception e) {
    return requireNonNull(e.getMessage());
  }
}
