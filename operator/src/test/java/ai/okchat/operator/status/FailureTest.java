package ai.okchat.operator.status;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.okchat.operator.okchat.OkChatException;
import ai.okchat.operator.status.ConditionValue.Truth;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** T22, B8: the table of design.md section 6, row by row, from what really came over the wire. */
class FailureTest {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String JSON = "application/json";

  private static final Next HOURLY = new Next.Recheck(Duration.ofHours(1));
  private static final Next SLOW = new Next.Recheck(Duration.ofMinutes(15));
  private static final Next BACKOFF = new Next.Backoff();

  static Stream<Arguments> t22_b8() {
    return Stream.of(
        row("a 401", Refusal.of(401), Truth.False, Reason.CredentialsRejected, false, HOURLY),
        row("a 403", Refusal.of(403), Truth.False, Reason.CredentialsRejected, false, HOURLY),
        row("a 400", Refusal.of(400), Truth.False, Reason.SpecRejected, true, HOURLY),
        row("a 413", Refusal.of(413), Truth.False, Reason.SpecRejected, true, HOURLY),
        row("a 422", Refusal.of(422), Truth.False, Reason.SpecRejected, true, HOURLY),
        row("a 409", Refusal.of(409), Truth.False, Reason.SpecRejected, true, HOURLY),
        row("a 402", Refusal.of(402), Truth.False, Reason.QuotaExceeded, false, SLOW),
        row(
            "a 400 of a full plan",
            Refusal.of(400, JSON, "{\"error\": \"Upgrade your plan\"}"),
            Truth.False,
            Reason.QuotaExceeded,
            false,
            SLOW),
        row(
            "a 429",
            Refusal.of(429),
            Truth.Unknown,
            Reason.RateLimited,
            false,
            new Next.Recheck(Duration.ofSeconds(30))),
        row(
            "a 429 that says for how long",
            Refusal.of(limited("7")),
            Truth.Unknown,
            Reason.RateLimited,
            false,
            new Next.Recheck(Duration.ofSeconds(7))),
        row("a 500", Refusal.of(500), Truth.Unknown, Reason.BackendUnavailable, false, BACKOFF),
        row("a 502", Refusal.of(502), Truth.Unknown, Reason.BackendUnavailable, false, BACKOFF),
        row("a 503", Refusal.of(503), Truth.Unknown, Reason.BackendUnavailable, false, BACKOFF),
        row("a 408", Refusal.of(408), Truth.Unknown, Reason.BackendUnavailable, false, BACKOFF),
        row("a cut line", cut(), Truth.Unknown, Reason.BackendUnavailable, false, BACKOFF),
        row("silence", silence(), Truth.Unknown, Reason.BackendUnavailable, false, BACKOFF),
        row("an update's 404", gone(), Truth.Unknown, Reason.BackendUnavailable, false, BACKOFF),
        unexpected("a web page with 200", Refusal.of(200, HTML, "<html></html>")),
        unexpected("a web page with 401", Refusal.of(401, HTML, "<html></html>")),
        unexpected("a web page with 403", Refusal.of(403, HTML, "<html></html>")),
        unexpected("a web page with 404", Refusal.of(404, HTML, "<html></html>")),
        unexpected("a web page with 429", Refusal.of(429, HTML, "<html></html>")),
        unexpected("a 401 that is no JSON", Refusal.of(401, "text/plain", "no")),
        unexpected("half of the JSON", Refusal.of(200, JSON, "{\"chatbots\": [")),
        unexpected("another shape", Refusal.of(200, JSON, "{\"bots\": []}")),
        unexpected("a 418", Refusal.of(418)),
        unexpected("a redirect", Refusal.of(redirect())),
        row(
            "an answer of Kubernetes",
            new KubernetesClientException("Conflict", 409, null),
            Truth.Unknown,
            Reason.InternalError,
            false,
            BACKOFF),
        row(
            "anything else",
            new IllegalStateException("a secret detail"),
            Truth.Unknown,
            Reason.InternalError,
            false,
            BACKOFF));
  }

  @ParameterizedTest(name = "T22 B8 {0}")
  @MethodSource("t22_b8")
  void each_cause_has_one_reason_and_one_way_on(String cause, Exception e, Failure expected) {
    // When
    var failure = Failure.of(e);

    // Then
    assertThat(failure)
        .usingRecursiveComparison()
        .ignoringFields("message")
        .as(cause)
        .isEqualTo(expected);
  }

  @ParameterizedTest(name = "T22 B8 {0}")
  @MethodSource("t22_b8")
  void the_words_are_the_same_for_the_same_cause(String cause, Exception e) {
    // When
    var once = Failure.of(e);
    var twice = Failure.of(e);

    // Then
    assertThat(once).as(cause).isEqualTo(twice);
    assertThat(once.message()).endsWith(".");
  }

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

  private static Arguments row(
      String cause, Exception e, Truth ready, Reason reason, boolean stalled, Next next) {
    return arguments(cause, e, new Failure(ready, reason, "", stalled, next));
  }

  private static Arguments unexpected(String cause, OkChatException e) {
    return row(cause, e, Truth.Unknown, Reason.UnexpectedAnswer, false, BACKOFF);
  }

  private static MockResponse limited(String retryAfter) {
    return new MockResponse.Builder()
        .code(429)
        .setHeader("Content-Type", JSON)
        .setHeader("Retry-After", retryAfter)
        .body("{\"error\": \"Too many requests\"}")
        .build();
  }

  private static MockResponse redirect() {
    return new MockResponse.Builder().code(302).setHeader("Location", "/elsewhere").build();
  }

  private static OkChatException cut() {
    return Refusal.of(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
  }

  private static OkChatException silence() {
    return Refusal.of(
        new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
  }

  private static OkChatException gone() {
    var answer =
        new MockResponse.Builder()
            .code(404)
            .setHeader("Content-Type", JSON)
            .body("{\"error\": \"Chatbot not found\"}")
            .build();
    return Refusal.of(
        answer, it -> it.updateChatbot("bot-1", JsonNodeFactory.instance.objectNode()));
  }
}
