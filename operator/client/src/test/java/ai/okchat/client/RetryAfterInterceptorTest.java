package ai.okchat.client;

import static ai.okchat.client.FailureKind.UNEXPECTED_RESPONSE;
import static ai.okchat.client.RecordedBackend.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Optional;
import mockwebserver3.MockResponse;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One call is one request, to one host, with any response. */
class RetryAfterInterceptorTest {
  private static final String BOT = "3317853e-0af2-427d-a56f-351a9587f48f";

  @AutoClose private final RecordedBackend backend = new RecordedBackend();
  private final OkChatClient client = backend.client();

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void doesNotFollowRedirects(int status) {
    // Given
    backend.answers(
        new MockResponse.Builder()
            .code(status)
            .setHeader("Location", backend.url("/elsewhere"))
            .build());

    // When
    var failure = failureOf(client::listChatbots);

    // Then
    assertThat(failure.kind()).isEqualTo(UNEXPECTED_RESPONSE);
    assertThat(failure.status()).hasValue(status);
    assertThat(backend.requests()).isEqualTo(1);
    assertThat(failure)
        .hasMessage(
            "Tried to list chatbots at %s but the backend responded with %d, a redirect, which is"
                + " not followed: set the URL that it leads to",
            backend.host(), status);
  }

  @ParameterizedTest
  @CsvSource({"503, 0", "503, 99999999999999999999", "408, 0", "421, 0", "429, 0", "401, 0"})
  void sendsRequestOnceWithAnyStatus(int status, String retryAfter) {
    // Given
    for (var i = 0; i < 4; i++) {
      backend.answers(
          new MockResponse.Builder().code(status).setHeader("Retry-After", retryAfter).build());
    }

    // When
    var read = failureOf(client::listChatbots);
    var write = failureOf(() -> client.createChatbot(json("{}")));
    var delete = failureOf(() -> client.deleteChatbot(BOT));

    // Then
    assertThat(backend.requests()).isEqualTo(3);
    assertThat(read.retryAfter()).isEqualTo(write.retryAfter()).isEqualTo(delete.retryAfter());
  }

  @ParameterizedTest
  @CsvSource({"503, PT30S", "429, PT30S", "500, ", "400, "})
  void readsRetryAfterOf429And503Only(int status, String expected) {
    // Given
    backend.answers(
        new MockResponse.Builder()
            .code(status)
            .setHeader("Date", "Tue, 24 Nov 2026 10:00:00 GMT")
            .setHeader("Retry-After", "Tue, 24 Nov 2026 10:00:30 GMT")
            .build());

    // When
    var failure = failureOf(client::listChatbots);

    // Then
    assertThat(failure.retryAfter()).isEqualTo(Optional.ofNullable(expected).map(Duration::parse));
  }

  private static OkChatException failureOf(ThrowingCallable call) {
    return catchThrowableOfType(OkChatException.class, call);
  }
}
