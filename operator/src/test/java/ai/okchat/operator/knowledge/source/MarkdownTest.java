package ai.okchat.operator.knowledge.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages as Markdown. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MarkdownTest {

  @Test
  @DisplayName("T67: any number of blank lines becomes one")
  void reducesBlankLinesWhateverTheirNumber() throws IOException {
    // Given
    var page = "<pre>a" + "\n \t".repeat(200_000) + "\nb</pre>";

    // When
    var markdown = Markdown.ofHtml(page.getBytes(UTF_8), null, "");

    // Then
    assertThat(markdown.map(text -> text.replaceAll("[ `]", "").strip()))
        .isEqualTo(Optional.of("a\n\nb"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"<p>a", "<div>", "<b>", "<table>", "<!---->", "</p>", "<a></b>"})
  @DisplayName("T63: a page of too many elements is not parsed to its end")
  void rejectsTooManyElements(String part) {
    // Given
    var page = part.repeat(Markdown.MAX_HTML / part.length());

    // When, Then
    assertThatExceptionOfType(Markdown.TooManyElementsException.class)
        .isThrownBy(() -> Markdown.ofHtml(page.getBytes(UTF_8), null, ""));
  }

  @Test
  @DisplayName("T63: the limit counts elements")
  void acceptsAsManyElementsAsTheLimit() throws IOException {
    // Given
    var around = 4 + 10; // html, head, body, #root, and the divs
    var divs =
        ("<div>" + "<p>a".repeat((Markdown.MAX_ELEMENTS - around) / 10) + "</div>").repeat(10);
    var rest = "<p>b".repeat((Markdown.MAX_ELEMENTS - around) % 10);

    // When
    var markdown = Markdown.ofHtml((divs + rest).getBytes(UTF_8), null, "");

    // Then
    assertThat(markdown).isPresent();
    assertThatExceptionOfType(Markdown.TooManyElementsException.class)
        .isThrownBy(() -> Markdown.ofHtml((divs + rest + "<p>b").getBytes(UTF_8), null, ""));
  }

  @ParameterizedTest
  @CsvSource({
    "ISO-8859-1, , <meta charset=iso-8859-1>",
    "ISO-8859-1, ISO-8859-1, ''",
    "UTF-8, , ''",
    "UTF-8, ISO-8859-1, \uFEFF",
    "UTF-16, , ''",
  })
  void readsCharsetOfServerOrPage(String sent, @Nullable String said, String head)
      throws IOException {
    // Given
    var page = (head + "<p>Größe</p>").getBytes(Charset.forName(sent));

    // When, Then
    assertThat(Markdown.ofHtml(page, said, "")).isEqualTo(Optional.of("Größe\n"));
  }
}
