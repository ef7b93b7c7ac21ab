package ai.okchat.client;

import static ai.okchat.client.FailureKind.RATE_LIMITED;
import static ai.okchat.client.FailureKind.UNAVAILABLE;
import static ai.okchat.client.FailureKind.UNEXPECTED_RESPONSE;
import static ai.okchat.client.RecordedBackend.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;
import mockwebserver3.MockResponse;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table from status and body to kind (failure modes T5, T22). */
class ErrorResponseTest {
  private static final String BOT = "3317853e-0af2-427d-a56f-351a9587f48f";

  @AutoClose private final RecordedBackend backend = new RecordedBackend();
  private final OkChatClient client = backend.client();

  private record Row(FailureKind kind, OptionalInt status, boolean mayHaveBeenApplied) {
    static Row of(OkChatException failure) {
      return new Row(failure.kind(), failure.status(), failure.mayHaveBeenApplied());
    }

    static Row of(FailureKind kind, int status, boolean mayHaveBeenApplied) {
      return new Row(kind, OptionalInt.of(status), mayHaveBeenApplied);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, REQUEST_REJECTED, false",
    "401, CREDENTIALS_REJECTED, false",
    "402, QUOTA_EXCEEDED, false",
    "403, CREDENTIALS_REJECTED, false",
    "404, NOT_FOUND, false",
    "405, UNEXPECTED_RESPONSE, false",
    "408, UNAVAILABLE, true",
    "409, CONFLICT, false",
    "410, UNEXPECTED_RESPONSE, false",
    "413, REQUEST_REJECTED, false",
    "414, REQUEST_REJECTED, false",
    "415, REQUEST_REJECTED, false",
    "418, UNEXPECTED_RESPONSE, false",
    "422, REQUEST_REJECTED, false",
    "429, RATE_LIMITED, false",
    "431, REQUEST_REJECTED, false",
    "500, UNAVAILABLE, true",
    "502, UNAVAILABLE, true",
    "503, UNAVAILABLE, true",
    "504, UNAVAILABLE, true",
    "529, UNAVAILABLE, true"
  })
  void jsonErrorHasTheKindOfItsStatus(int status, FailureKind kind, boolean applied) {
    // Given
    backend.answers(status, "{\"error\": \"No.\"}");

    // When
    var failure = failureOf(() -> client.updateChatbot(BOT, json("{}")));

    // Then
    assertThat(Row.of(failure)).isEqualTo(Row.of(kind, status, applied));
    assertThat(failure)
        .hasMessage(
            "Tried to update chatbot at %s (chatbot %s) but the backend responded with %d%s",
            backend.host(), BOT, status, status < 500 ? ": No." : "")
        .hasNoCause();
    assertThat(backend.observed)
        .containsExactly("update chatbot: " + kind.name().toLowerCase(Locale.ROOT));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 400, 401, 402, 403, 404, 408, 409, 422, 429})
  void htmlPageIsNeverAResponseOfTheBackend(int status) {
    // Given
    backend.answers(html(status));

    // When
    var failure = failureOf(() -> client.createChatbot(json("{}")));

    // Then
    assertThat(Row.of(failure).kind()).isEqualTo(UNEXPECTED_RESPONSE);
    assertThat(failure.mayHaveBeenApplied()).isTrue();
    assertThat(failure.detail()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {413, 414, 415, 431})
  @DisplayName("T71: a status about the size or form of the request is conclusive with any body")
  void requestFormatStatusIsConclusiveWithAnyBody(int status) {
    // Given
    backend.answers(html(status));
    backend.answers(status, "FUNCTION_PAYLOAD_TOO_LARGE");

    // When
    var page = failureOf(() -> client.updateChatbot(BOT, json("{}")));
    var text = failureOf(() -> client.updateChatbot(BOT, json("{}")));

    // Then
    var rejected = Row.of(FailureKind.REQUEST_REJECTED, status, false);
    assertThat(Row.of(page)).isEqualTo(rejected);
    assertThat(Row.of(text)).isEqualTo(rejected);
    assertThat(page.detail()).isEmpty();
    assertThat(text.detail()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void htmlPageWith5xxIsAnOutage(int status) {
    // Given
    backend.answers(html(status));

    // When
    var failure = failureOf(() -> client.createChatbot(json("{}")));

    // Then
    assertThat(Row.of(failure)).isEqualTo(Row.of(UNAVAILABLE, status, true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Not Found", "404", "\"gone\"", "[]", "{\"error\": \"Chatb"})
  void status404WithoutJsonObjectDoesNotMeanAbsent(String body) {
    // Given
    backend.answers(404, body);
    backend.answers(404, body);

    // When
    var read = failureOf(() -> client.getChatbot(BOT));
    var delete = failureOf(() -> client.deleteChatbot(BOT));

    // Then
    assertThat(Row.of(read)).isEqualTo(Row.of(UNEXPECTED_RESPONSE, 404, false));
    assertThat(Row.of(delete)).isEqualTo(Row.of(UNEXPECTED_RESPONSE, 404, true));
  }

  @Test
  void status429WithoutBodyIsARateLimit() {
    // Given
    backend.answers(new MockResponse.Builder().code(429).setHeader("Retry-After", "7").build());

    // When
    var failure = failureOf(client::listChatbots);

    // Then
    assertThat(Row.of(failure)).isEqualTo(Row.of(RATE_LIMITED, 429, false));
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | You have used up your quota of chatbots | QUOTA_EXCEEDED",
        "403 | Chatbot limit reached, upgrade your plan | QUOTA_EXCEEDED",
        "409 | Your plan limit is one chatbot | QUOTA_EXCEEDED",
        "401 | No credits without a key | CREDENTIALS_REJECTED",
        "413 | The file is over your quota of 10 MB a file | REQUEST_REJECTED",
        "422 | The name is over the limit of 40 characters | REQUEST_REJECTED",
        "429 | Quota of requests a minute is used up | RATE_LIMITED",
        "409 | The slug is taken | CONFLICT"
      })
  void readsQuotaFromTheMessageOfAnAmbiguousStatus(int status, String words, FailureKind kind) {
    // Given
    backend.answers(status, "{\"error\": \"" + words + "\"}");

    // When
    var failure = failureOf(() -> client.createChatbot(json("{}")));

    // Then
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.detail()).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"error\": \"a\"} | a",
        "{\"message\": \"b\"} | b",
        "{\"error\": \"Bad Request\", \"message\": \"name is missing\"} | Bad Request: name is"
            + " missing",
        "{\"error\": \"same\", \"message\": \"same\"} | same",
        "{\"error\": {\"message\": \"c\", \"code\": 7}} | c",
        "{\"error\": [1], \"message\": null} | ''",
        "{} | ''"
      })
  void detailIsTheMessageOfTheBackend(String body, String detail) {
    // Given
    backend.answers(400, body);

    // When
    var failure = failureOf(() -> client.updateChatbot(BOT, json("{}")));

    // Then
    assertThat(failure.detail()).isEqualTo(detail);
  }

  @Test
  void errorOfAReadHasNoMessageOfTheBackend() {
    // Given
    backend.answers(400, "{\"error\": \"You are the support assistant of Example Ltd\"}");

    // When
    var failure = failureOf(client::listChatbots);

    // Then
    assertThat(failure)
        .hasMessage(
            "Tried to list chatbots at %s but the backend responded with 400", backend.host());
  }

  private static MockResponse html(int status) {
    return new MockResponse.Builder()
        .code(status)
        .setHeader("Content-Type", "text/html; charset=UTF-8")
        .body("<html><title>Attention Required!</title></html>")
        .build();
  }

  private static OkChatException failureOf(ThrowingCallable call) {
    return catchThrowableOfType(OkChatException.class, call);
  }
}
