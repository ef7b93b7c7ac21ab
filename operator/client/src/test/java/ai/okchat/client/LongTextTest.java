package ai.okchat.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LongTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`\u1112\u1161\u11ab\u1100\u1173\u11af` | `\ud55c\uae00`",
        "`cafe\u0301` | `caf\u00e9`",
        "`\r\n \r\nYou\r\nhelp.\r\r\n` | `You\nhelp.`",
        "`\ufeff\u00a0You\u00a0help.\u3000` | `You\u00a0help.`",
        "`one\n\n  two` | `one\n\n  two`",
        "`  ` | ``"
      })
  void normalizationRemovesWhatBackendsDoToAText(String text, String normalized) {
    // When
    var result = LongText.normalized(text);

    // Then
    assertThat(result).isEqualTo(normalized);
  }

  @Test
  void digestOfADecomposedTextEqualsTheComposedText() {
    // Given
    var composed = "\ud55c\uae00 ".repeat(1_000) + "end";
    var decomposed = "\u1112\u1161\u11ab\u1100\u1173\u11af ".repeat(1_000) + "end\n";

    // When
    var text = LongText.of(decomposed);

    // Then
    assertThat(text.isSameAs(composed)).isTrue();
    assertThat(text.isSameAs(composed.replace("end", "and"))).isFalse();
  }

  @Test
  void normalizesAsManyMarksAsTheBound() {
    // Given
    var atBound = "e\u0301" + "\u0323".repeat(LongText.MOST_MARKS - 1);
    var above = "e\u0301" + "\u0323".repeat(LongText.MOST_MARKS);

    // When
    var normalized = LongText.normalized(atBound);
    var kept = LongText.normalized(above);

    // Then
    assertThat(normalized).isEqualTo("\u1eb9" + "\u0323".repeat(28) + "\u0301");
    assertThat(kept).isEqualTo(above);
  }

  @Test
  void longTextOfMarksIsComparedAsItIs() {
    // Given
    var marks = "\u0301\u0323".repeat(500_000);

    // When
    var normalized = LongText.normalized(marks);

    // Then
    assertThat(normalized).isEqualTo(marks);
  }
}
