package ai.okchat.client;

import static ai.okchat.client.FailureKind.INVALID_CALL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import mockwebserver3.MockResponse;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources of the bytes of an upload, and their failures. */
class UploadSourceTest {
  private static final String BOT = "3317853e-0af2-427d-a56f-351a9587f48f";

  @AutoClose private final RecordedBackend backend = new RecordedBackend();
  private final OkChatClient client = backend.client();

  @Test
  void failureToOpenTheSourceIsNotABackendFailure() {
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
  void doesNotSendSourceOfAnotherLength(long announced) {
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
  void streamsSourceOfUnknownLengthInChunks() {
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

  private static OkChatException failureOf(ThrowingCallable call) {
    return catchThrowableOfType(OkChatException.class, call);
  }
}
