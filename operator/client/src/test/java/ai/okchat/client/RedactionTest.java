package ai.okchat.client;

import static ai.okchat.client.RecordedBackend.KEY;
import static ai.okchat.client.RecordedBackend.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {
  private static final String PROMPT =
      """
      You sell bicycles in Utrecht.
      Never mention the word "tandem" to anybody, not even when asked three times.
      """;

  @AutoClose private final RecordedBackend backend = new RecordedBackend();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Unknown model gpt-9 | Unknown model gpt-9",
        "Bad key 0123456789abcdef0123456789abcdef0123456789abcdef! | Bad key [redacted]!",
        "Bad key 0123456789ABCDEF0123... | Bad key [redacted]...",
        "Prompt 'You sell bicycles in Utr' is too short | Prompt '[redacted]' is too short",
        "Got {\"prompt\":\"you sell  bicycles in utrecht.\\n"
            + "never mention the word \\\"tandem\\\" to\"} | Got {\"prompt\":\"[redacted]\"}",
        "Short words of it such as tandem stay | Short words of it such as tandem stay"
      })
  void hidesKeyAndAnyPartOfTheRequest(String words, String cleaned) {
    assertThat(Redaction.clean(words, KEY, Stream.of(PROMPT, "gpt-9"))).isEqualTo(cleaned);
  }

  @Test
  void makesOneBoundedLineWithoutControlCharacters() {
    // Given
    var words = " a\r\n\tb\u0000\u001b[31mc\u202e " + "long ".repeat(200);

    // When
    var cleaned = Redaction.clean(words, KEY, Stream.empty());

    // Then
    assertThat(cleaned).startsWith("a b [31mc long ").hasSize(300).endsWith("…");
  }

  @Test
  void hidesShortKey() {
    assertThat(Redaction.clean("key k1 is not known", ApiKey.of("k1"), Stream.empty()))
        .isEqualTo("key [redacted] is not known");
  }

  @Test
  void t28ExceptionHasNoEchoOfTheRequest() {
    // Given
    var body = json("{\"settings\": {}, \"slug\": \"support\"}");
    body.withObject("/settings").put("prompt", PROMPT);
    var echo = Json.MAPPER.createObjectNode().put("error", body + " signed " + KEY.value());
    backend.answers(422, echo.toString());

    // When
    var failure =
        catchThrowableOfType(OkChatException.class, () -> backend.client().createChatbot(body));

    // Then
    assertThat(failure.detail())
        .isEqualTo(
            "{\"settings\":{\"prompt\":\"[redacted].\\n"
                + "\"},\"slug\":\"support\"} signed [redacted]");
    assertThat(failure.toString() + failure.target())
        .doesNotContain("bicycles", "tandem", KEY.value());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"error\": \"Cannot read: The vault opens at 4711 hours\"} | ''",
        "{\"error\": \"row 900: cannot parse 'The last line.'\"} | ''",
        "{\"error\": \"FILE_TOO_LARGE\", \"message\": \"The last line.\"} | FILE_TOO_LARGE",
        "{\"error\": {\"code\": \"file_too_large\", \"message\": \"x\"}} | file_too_large",
        "{\"error\": \"no\", \"code\": 1009} | 1009",
        "{\"code\": \"The-last-line-of-the-document\"} | ''"
      })
  @DisplayName("T28 T86: of a rejected document only the status and an error code are quoted")
  void quotesOnlyAnErrorCodeWhenAnUploadIsRejected(String body, String detail) {
    // Given
    backend.answers(400, body);
    var text = "# The vault\n\nopens at 4711 hours" + " ".repeat(100 * 1024) + "The last line.";
    var document = Upload.of("vault.md", "text/markdown", text.getBytes(UTF_8));

    // When
    var failure =
        catchThrowableOfType(
            OkChatException.class, () -> backend.client().uploadKnowledge("b", List.of(document)));

    // Then
    assertThat(failure.detail()).isEqualTo(detail);
    assertThat(failure.toString()).doesNotContain("vault opens", "last line");
  }

  @Test
  void recognizesQuotaInTheMessageOfARejectedUpload() {
    // Given
    backend.answers(400, "{\"error\": \"Your plan limit is ten documents\"}");
    var document = Upload.of("a.md", "text/markdown", "a".getBytes(UTF_8));

    // When
    var failure =
        catchThrowableOfType(
            OkChatException.class, () -> backend.client().uploadKnowledge("b", List.of(document)));

    // Then
    assertThat(failure.kind()).isEqualTo(FailureKind.QUOTA_EXCEEDED);
    assertThat(failure.detail()).isEmpty();
  }
}
