package ai.okchat.operator.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.okchat.client.OkChatException;
import ai.okchat.operator.status.ConditionValue.Truth;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** T22, B8: the table of design.md section 6, row by row, from what really came over the wire. */
class FailureTableTest {
  private static final String HTML = "text/html; charset=utf-8";

  private static final String JSON = "application/json";

  private static final Requeue HOURLY = new Requeue.Recheck(Duration.ofHours(1));

  private static final Requeue SLOW = new Requeue.Recheck(Duration.ofMinutes(15));

  private static final Requeue BACKOFF = new Requeue.Backoff();

  static Stream<Arguments> t22B8() {
    return Stream.of(
        row("a 401", ErrorResponse.of(401), Truth.False, Reason.CredentialsRejected, false, HOURLY),
        row("a 403", ErrorResponse.of(403), Truth.False, Reason.CredentialsRejected, false, HOURLY),
        row("a 400", ErrorResponse.of(400), Truth.False, Reason.SpecRejected, true, HOURLY),
        row("a 413", ErrorResponse.of(413), Truth.False, Reason.SpecRejected, true, HOURLY),
        row("a 422", ErrorResponse.of(422), Truth.False, Reason.SpecRejected, true, HOURLY),
        row("a 409", ErrorResponse.of(409), Truth.False, Reason.SpecRejected, true, HOURLY),
        row("a 402", ErrorResponse.of(402), Truth.False, Reason.QuotaExceeded, false, SLOW),
        row(
            "a 400 of a full plan",
            ErrorResponse.of(400, JSON, "{\"error\": \"Upgrade your plan\"}"),
            Truth.False,
            Reason.QuotaExceeded,
            false,
            SLOW),
        row(
            "a 429",
            ErrorResponse.of(429),
            Truth.Unknown,
            Reason.RateLimited,
            false,
            new Requeue.Recheck(Duration.ofSeconds(30))),
        row(
            "a 429 that says for how long",
            ErrorResponse.of(limited("7")),
            Truth.Unknown,
            Reason.RateLimited,
            false,
            new Requeue.Recheck(Duration.ofSeconds(7))),
        row(
            "a 500",
            ErrorResponse.of(500),
            Truth.Unknown,
            Reason.BackendUnavailable,
            false,
            BACKOFF),
        row(
            "a 502",
            ErrorResponse.of(502),
            Truth.Unknown,
            Reason.BackendUnavailable,
            false,
            BACKOFF),
        row(
            "a 503",
            ErrorResponse.of(503),
            Truth.Unknown,
            Reason.BackendUnavailable,
            false,
            BACKOFF),
        row(
            "a 408",
            ErrorResponse.of(408),
            Truth.Unknown,
            Reason.BackendUnavailable,
            false,
            BACKOFF),
        row("a cut line", cut(), Truth.Unknown, Reason.BackendUnavailable, false, BACKOFF),
        row("silence", silence(), Truth.Unknown, Reason.BackendUnavailable, false, BACKOFF),
        row("an update's 404", gone(), Truth.Unknown, Reason.BackendUnavailable, false, BACKOFF),
        unexpected("a web page with 200", ErrorResponse.of(200, HTML, "<html></html>")),
        unexpected("a web page with 401", ErrorResponse.of(401, HTML, "<html></html>")),
        unexpected("a web page with 403", ErrorResponse.of(403, HTML, "<html></html>")),
        unexpected("a web page with 404", ErrorResponse.of(404, HTML, "<html></html>")),
        unexpected("a web page with 429", ErrorResponse.of(429, HTML, "<html></html>")),
        unexpected("a 401 that is no JSON", ErrorResponse.of(401, "text/plain", "no")),
        unexpected("half of the JSON", ErrorResponse.of(200, JSON, "{\"chatbots\": [")),
        unexpected("another shape", ErrorResponse.of(200, JSON, "{\"bots\": []}")),
        unexpected("a 418", ErrorResponse.of(418)),
        unexpected("a redirect", ErrorResponse.of(redirect())),
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
  @MethodSource("t22B8")
  void eachCauseHasOneReasonAndOneRequeue(String cause, Exception e, Failure expected) {
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
  @MethodSource("t22B8")
  void messagesAreTheSameForTheSameCause(String cause, Exception e) {
    // When
    var once = Failure.of(e);
    var twice = Failure.of(e);

    // Then
    assertThat(once).as(cause).isEqualTo(twice);
    assertThat(once.message()).endsWith(".");
  }

  private static Arguments row(
      String cause, Exception e, Truth ready, Reason reason, boolean stalled, Requeue next) {
    return arguments(cause, e, new Failure(ready, reason, "", stalled, next));
  }

  private static Arguments unexpected(String cause, OkChatException e) {
    return row(cause, e, Truth.Unknown, Reason.UnexpectedResponse, false, BACKOFF);
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
    return ErrorResponse.of(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
  }

  private static OkChatException silence() {
    return ErrorResponse.of(
        new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
  }

  private static OkChatException gone() {
    var answer =
        new MockResponse.Builder()
            .code(404)
            .setHeader("Content-Type", JSON)
            .body("{\"error\": \"Chatbot not found\"}")
            .build();
    return ErrorResponse.of(
        answer, client -> client.updateChatbot("bot-1", JsonNodeFactory.instance.objectNode()));
  }
}
