package ai.okchat.operator.okchat;

import static ai.okchat.operator.okchat.RecordedBackend.KEY;
import static ai.okchat.operator.okchat.RecordedBackend.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
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
  void hides_the_key_and_any_stretch_of_what_was_sent(String words, String cleaned) {
    assertThat(Redaction.clean(words, KEY, Stream.of(PROMPT, "gpt-9"))).isEqualTo(cleaned);
  }

  @Test
  void makes_one_bounded_line_without_control_characters() {
    // Given
    var words = " a\r\n\tb\u0000\u001b[31mc\u202e " + "long ".repeat(200);

    // When
    var cleaned = Redaction.clean(words, KEY, Stream.empty());

    // Then
    assertThat(cleaned).startsWith("a b [31mc long ").hasSize(300).endsWith("…");
  }

  @Test
  void hides_a_key_too_short_for_stretches() {
    assertThat(Redaction.clean("key k1 is not known", ApiKey.of("k1"), Stream.empty()))
        .isEqualTo("key [redacted] is not known");
  }

  @Test
  void T28_an_echo_of_the_request_leaks_through_no_part_of_the_exception() {
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

  @Test
  void T28_a_document_quoted_in_a_refusal_is_hidden() {
    // Given
    backend.answers(400, "{\"error\": \"Can not read: " + "The vault opens at 4711 hours" + "\"}");
    var document =
        Upload.of(
            "vault.md", "text/markdown", "# The vault\n\nopens at 4711 hours".getBytes(UTF_8));

    // When
    var failure =
        catchThrowableOfType(
            OkChatException.class, () -> backend.client().uploadKnowledge("b", List.of(document)));

    // Then
    assertThat(failure.detail()).isEqualTo("Can not read: [redacted]");
  }
}
