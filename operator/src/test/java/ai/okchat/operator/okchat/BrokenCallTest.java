package ai.okchat.operator.okchat;

import static ai.okchat.operator.okchat.FailureKind.INVALID_CALL;
import static ai.okchat.operator.okchat.FailureKind.UNAVAILABLE;
import static ai.okchat.operator.okchat.FailureKind.UNEXPECTED_ANSWER;
import static ai.okchat.operator.okchat.RecordedBackend.KEY;
import static ai.okchat.operator.okchat.RecordedBackend.TIMEOUT;
import static ai.okchat.operator.okchat.RecordedBackend.json;
import static ai.okchat.operator.okchat.RecordedBackend.recorded;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.HttpUrl;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a call that breaks off, or that gets an answer nobody can use. */
class BrokenCallTest {
  private static final String BOT = "3317853e-0af2-427d-a56f-351a9587f48f";
  private static final SocketEffect CUT = new SocketEffect.CloseSocket();

  @AutoClose private final RecordedBackend backend = new RecordedBackend();
  private final OkChatClient client = backend.client();

  @Test
  void a_refused_connection_changed_nothing() throws IOException {
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
            "Tried to create chatbot at 127.0.0.1:\\d+ \\(slug support\\) but no connection could"
                + " be made")
        .hasNoCause();
  }

  @Test
  void a_name_that_can_not_be_resolved_changed_nothing() {
    // Given
    var nowhere = client("http://nowhere.invalid");

    // When
    var failure = failureOf(() -> nowhere.createChatbot(json("{}")));

    // Then
    assertThat(failure.mayHaveBeenApplied()).isFalse();
    assertThat(failure)
        .hasMessage(
            "Tried to create chatbot at nowhere.invalid but the name of the host can not be"
                + " resolved");
  }

  @Test
  void a_tls_failure_changed_nothing() {
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
  void a_connection_cut_before_the_answer_may_have_changed_something() {
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
            "Tried to create chatbot at %s but the connection broke before the answer was whole",
            backend.host());
    assertThat(backend.requests()).isEqualTo(2);
  }

  @Test
  void a_stale_connection_is_not_a_reason_to_send_a_post_again() {
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
  void an_answer_that_is_cut_is_an_outage() {
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
  void a_slow_answer_ends_at_the_request_timeout() {
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
            "Tried to create chatbot at %s but there was no whole answer within 100 ms",
            backend.host());
  }

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
  void a_list_of_another_shape_is_never_a_shorter_list(String body) {
    // Given
    backend.answers(200, body);

    // When
    var failure = failureOf(client::listChatbots);

    // Then
    assertThat(failure.kind()).isEqualTo(UNEXPECTED_ANSWER);
  }

  @Test
  void an_empty_list_of_bots_is_an_answer() {
    // Given
    backend.answers(200, "{\"other\": {\"deep\": [1]}, \"chatbots\": []}");

    // When
    var bots = client.listChatbots();

    // Then
    assertThat(bots).isEmpty();
  }

  @Test
  void an_answer_about_another_bot_is_refused() {
    // Given
    backend.answers(200, "{\"chatbot\": {\"id\": \"another\"}}");

    // When
    var failure = failureOf(() -> client.getChatbot(BOT));

    // Then
    assertThat(failure)
        .hasMessage(
            "Tried to get chatbot at %s (chatbot %s) but the answer is about another chatbot",
            backend.host(), BOT);
  }

  @Test
  void an_answer_beyond_the_limit_is_refused_though_it_came_small() throws IOException {
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
    var frugal = backend.client(endpoint(backend.url("/")), new AnswerLimits(10_000, 10_000));

    // When
    var failure = failureOf(() -> frugal.getChatbot(BOT));

    // Then
    assertThat(failure.kind()).isEqualTo(UNEXPECTED_ANSWER);
    assertThat(failure.unknownShape()).isFalse();
    assertThat(failure).hasMessageEndingWith("but the answer is longer than 10000 bytes");
  }

  @Test
  void a_source_that_can_not_be_opened_is_not_the_backends_fault() {
    // Given
    var gone = new Upload("faq.md", "text/markdown", 3, () -> unreadable("MARKER"));
    backend.answers(new MockResponse.Builder().build());

    // When
    var failure = failureOf(() -> client.uploadKnowledge(BOT, List.of(gone)));

    // Then
    assertThat(failure.kind()).isEqualTo(INVALID_CALL);
    assertThat(failure)
        .hasMessage(
            "Tried to upload knowledge files at %s (chatbot %s) but the file \"faq.md\" could not"
                + " be opened",
            backend.host(), BOT);
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 5})
  void a_source_of_another_length_is_not_sent_as_if_it_were_whole(long announced) {
    // Given
    var wrong =
        new Upload(
            "faq.md",
            "text/markdown",
            announced,
            () -> new ByteArrayInputStream("four".getBytes(UTF_8)));
    backend.answers(new MockResponse.Builder().build());

    // When
    var failure = failureOf(() -> client.uploadKnowledge(BOT, List.of(wrong)));

    // Then
    assertThat(failure.kind()).isEqualTo(INVALID_CALL);
    assertThat(failure)
        .hasMessageEndingWith(
            "the file \"faq.md\" is not " + announced + " bytes long, as was announced");
  }

  @Test
  void a_source_of_unknown_length_is_streamed_in_chunks() {
    // Given
    backend.answers(new MockResponse.Builder().build());
    var stream =
        new Upload(
            "faq.md",
            "text/markdown",
            Upload.UNKNOWN_LENGTH,
            () -> new ByteArrayInputStream("four".getBytes(UTF_8)));

    // When
    client.uploadKnowledge(BOT, List.of(stream));

    // Then
    assertThat(backend.request())
        .contains("Transfer-Encoding: chunked\n", "\nfour\n")
        .doesNotContain("Content-Length");
  }

  private static InputStream unreadable(String words) throws IOException {
    throw new IOException(words);
  }

  private OkChatClient client(String url) {
    return backend.client(endpoint(HttpUrl.get(url)), AnswerLimits.DEFAULT);
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
