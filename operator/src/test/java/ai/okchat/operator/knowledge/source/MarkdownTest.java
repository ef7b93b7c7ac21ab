package ai.okchat.operator.knowledge.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pages as Markdown. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MarkdownTest {

  @Test
  @DisplayName("T67: any number of blank lines becomes one")
  void reducesBlankLinesWhateverTheirNumber() {
    // Given
    var page = "<pre>a" + "\n \t".repeat(200_000) + "\nb</pre>";

    // When
    var markdown = Markdown.ofHtml(page);

    // Then
    assertThat(markdown.map(text -> text.replaceAll("[ `]", "").strip()))
        .isEqualTo(Optional.of("a\n\nb"));
  }
}
