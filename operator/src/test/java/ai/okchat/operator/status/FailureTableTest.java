package ai.okchat.operator.status;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** T22, B8: the table of design.md section 6, row by row, from what really came over the wire. */
class FailureTableTest {
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
