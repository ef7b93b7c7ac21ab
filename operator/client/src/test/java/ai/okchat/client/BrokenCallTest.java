package ai.okchat.client;

import static ai.okchat.client.FailureKind.UNAVAILABLE;
import static ai.okchat.client.RecordedBackend.KEY;
import static ai.okchat.client.RecordedBackend.TIMEOUT;
import static ai.okchat.client.RecordedBackend.json;
import static ai.okchat.client.RecordedBackend.recorded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.HttpUrl;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Errors of a call that breaks off. */
class BrokenCallTest {
  private static final String BOT = "3317853e-0af2-427d-a56f-351a9587f48f";
  private static final SocketEffect CUT = new SocketEffect.CloseSocket();

  @AutoClose private final RecordedBackend backend = new RecordedBackend();
  private final OkChatClient client = backend.client();

  @Test
  void refusedConnectionChangedNothing() throws IOException {
    // Given
    var nobody = client("http://127.0.0.1:" + freePort());

    // When
    var failure = failureOf(() -> nobody.createChatbot(json("{\"slug\": \"support\"}")));

    // Then
    assertThat(failure.kind()).isEqualTo(UNAVAILABLE);
    assertThat(failure.mayHaveBeenApplied()).isFalse();
    assertThat(failure.status()).isEqualTo(OptionalInt.empty());
    assertThat(failure)
        .hasMessageMatching(
            "Tried to create chatbot at 127.0.0.1:\\d+ \\(slug support\\) but the connection was"
                + " refused")
        .hasNoCause();
  }

  @Test
  void unresolvedNameChangedNothing() {
    // Given
    var nowhere = client("http://nowhere.invalid");

    // When
    var failure = failureOf(() -> nowhere.createChatbot(json("{}")));

    // Then
    assertThat(failure.mayHaveBeenApplied()).isFalse();
    assertThat(failure)
        .hasMessage(
            "Tried to create chatbot at nowhere.invalid but the name of the host cannot be"
                + " resolved");
  }

  @Test
  void tlsFailureChangedNothing() {
    // Given
    var tls = client(backend.url("/").newBuilder().scheme("https").build().toString());
    backend.answers(201, recorded("create-chatbot.json"));

    // When
    var failure = failureOf(() -> tls.createChatbot(json("{}")));

    // Then
    assertThat(failure.kind()).isEqualTo(UNAVAILABLE);
    assertThat(failure.mayHaveBeenApplied()).isFalse();
  }

  @Test
  void connectionCutBeforeTheResponseIsAmbiguous() {
    // Given
    backend.answers(new MockResponse.Builder().onResponseStart(CUT).build());
    backend.answers(new MockResponse.Builder().onResponseStart(CUT).build());

    // When
    var write = failureOf(() -> client.createChatbot(json("{}")));
    var read = failureOf(client::listChatbots);

    // Then
    assertThat(write.kind()).isEqualTo(UNAVAILABLE);
    assertThat(write.mayHaveBeenApplied()).isTrue();
    assertThat(read.mayHaveBeenApplied()).isFalse();
    assertThat(write)
        .hasMessage(
            "Tried to create chatbot at %s but the connection was cut before the response was"
                + " complete",
            backend.host());
    assertThat(backend.requests()).isEqualTo(2);
  }

  @Test
  void doesNotRepeatPostOnAStaleConnection() {
    // Given
    backend.answers(
        new MockResponse.Builder()
            .setHeader("Content-Type", "application/json")
            .body(recorded("get-chatbot.json"))
            .build());
    backend.answers(new MockResponse.Builder().onRequestBody(CUT).build());
    backend.answers(201, recorded("create-chatbot.json"));

    // When
    var before = client.getChatbot(BOT);
    var failure = failureOf(() -> client.createChatbot(json("{}")));

    // Then
    assertThat(before).isPresent();
    assertThat(failure.kind()).isEqualTo(UNAVAILABLE);
    assertThat(failure.mayHaveBeenApplied()).isTrue();
    assertThat(backend.observed).containsExactly("get chatbot: ok", "create chatbot: unavailable");
  }

  @Test
  void truncatedResponseIsAnOutage() {
    // Given
    backend.answers(
        new MockResponse.Builder()
            .setHeader("Content-Type", "application/json")
            .body(recorded("list-chatbots.json"))
            .onResponseBody(CUT)
            .build());

    // When
    var failure = failureOf(client::listChatbots);

    // Then
    assertThat(failure.kind()).isEqualTo(UNAVAILABLE);
  }

  @Test
  void slowResponseEndsAtTheRequestTimeout() {
    // Given
    backend.answers(new MockResponse.Builder().headersDelay(5, TimeUnit.SECONDS).build());
    var impatient = backend.client(Duration.ofMillis(100));

    // When
    var failure = failureOf(() -> impatient.createChatbot(json("{}")));

    // Then
    assertThat(failure.kind()).isEqualTo(UNAVAILABLE);
    assertThat(failure.mayHaveBeenApplied()).isTrue();
    assertThat(failure)
        .hasMessage(
            "Tried to create chatbot at %s but the response was not complete within 100 ms",
            backend.host());
  }

  private OkChatClient client(String url) {
    return backend.client(endpoint(HttpUrl.get(url)), ResponseLimits.DEFAULT);
  }

  private static Endpoint endpoint(HttpUrl url) {
    return new Endpoint(url, KEY, TIMEOUT);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static OkChatException failureOf(ThrowingCallable call) {
    return catchThrowableOfType(OkChatException.class, call);
  }
}
