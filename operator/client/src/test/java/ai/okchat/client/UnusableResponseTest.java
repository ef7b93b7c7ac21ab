package ai.okchat.client;

import static ai.okchat.client.FailureKind.UNEXPECTED_RESPONSE;
import static ai.okchat.client.RecordedBackend.KEY;
import static ai.okchat.client.RecordedBackend.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import mockwebserver3.MockResponse;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A success whose response cannot be used. */
class UnusableResponseTest {
  private static final String BOT = "3317853e-0af2-427d-a56f-351a9587f48f";

  @AutoClose private final RecordedBackend backend = new RecordedBackend();
  private final OkChatClient client = backend.client();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html></html>",
        "{\"chatbots\": [",
        "{\"chatbots\": [{\"id\": \"a\"}]} trailing",
        "{\"chatbots\": [{\"id\": \"a\"}]",
        "null",
        "[]",
        "{}",
        "{\"chatbots\": {}}",
        "{\"chatbots\": null}",
        "{\"chatbots\": [1]}",
        "{\"chatbots\": [{\"slug\": \"a\"}]}",
        "{\"chatbots\": [{\"id\": \" \"}]}",
        "{\"chatbots\": [{\"id\": 7}]}",
        "{\"chatbots\": [], \"metadata\": {\"currentPage\": 1, \"totalPages\": 2}}"
      })
  void unsupportedListFormatIsNeverAShorterList(String body) {
    // Given
    backend.answers(200, body);

    // When
    var failure = failureOf(client::listChatbots);

    // Then
    assertThat(failure.kind()).isEqualTo(UNEXPECTED_RESPONSE);
  }

  @Test
  void acceptsEmptyListOfBots() {
    // Given
    backend.answers(200, "{\"other\": {\"deep\": [1]}, \"chatbots\": []}");

    // When
    var bots = client.listChatbots();

    // Then
    assertThat(bots).isEmpty();
  }

  @Test
  void rejectsResponseAboutAnotherBot() {
    // Given
    backend.answers(200, "{\"chatbot\": {\"id\": \"another\"}}");

    // When
    var failure = failureOf(() -> client.getChatbot(BOT));

    // Then
    assertThat(failure)
        .hasMessage(
            "Tried to get chatbot at %s (chatbot %s) but the response is about another chatbot",
            backend.host(), BOT);
  }

  @Test
  void rejectsCompressedResponseAboveTheLimit() throws IOException {
    // Given
    var zipped = new Buffer();
    try (var sink = Okio.buffer(new GzipSink(zipped))) {
      sink.writeUtf8("{\"chatbot\": {\"id\": \"" + BOT + "\", \"pad\": \"" + "x".repeat(20_000));
      sink.writeUtf8("\"}}");
    }
    backend.answers(
        new MockResponse.Builder()
            .setHeader("Content-Type", "application/json")
            .setHeader("Content-Encoding", "gzip")
            .body(zipped)
            .build());
    var frugal =
        backend.client(
            new Endpoint(backend.url("/"), KEY, TIMEOUT), new ResponseLimits(10_000, 10_000));

    // When
    var failure = failureOf(() -> frugal.getChatbot(BOT));

    // Then
    assertThat(failure.kind()).isEqualTo(UNEXPECTED_RESPONSE);
    assertThat(failure.unknownShape()).isFalse();
    assertThat(failure).hasMessageEndingWith("but the response is longer than 10000 bytes");
  }

  private static OkChatException failureOf(ThrowingCallable call) {
    return catchThrowableOfType(OkChatException.class, call);
  }
}
