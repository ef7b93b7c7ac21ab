package ai.okchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextDiffTest {

  private static String numbered(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));
  }

  @Test
  void showsChangedLinesWithTwoLinesAround() {
    // Given
    var before = numbered(0, 10);

    // When
    var lines = TextDiff.lines(before, before.replace("line 5", "line five"));

    // Then
    assertThat(lines)
        .containsExactly(
            " …", " line 3", " line 4", "-line 5", "+line five", " line 6", " line 7", " …");
  }

  @Test
  void showsOnlyAddedLinesOfANewText() {
    assertThat(TextDiff.lines("", "one\ntwo")).containsExactly("+one", "+two");
  }

  @Test
  void showsOnlyTheChangedSentenceOfALongLine() {
    // Given
    var start = "You help customers of a shop. ".repeat(8);

    // When
    var lines = TextDiff.lines(start + "Be brief.", start + "Be kind.");

    // Then
    assertThat(lines)
        .containsExactly(
            " …",
            " You help customers of a shop. ",
            " You help customers of a shop. ",
            "-Be brief.",
            "+Be kind.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "  ", "\n\n"})
  void showsAChangedSeparatorInALongLine(String separator) {
    // Given
    var start = "You help customers of a shop. ".repeat(8) + "Be brief.";
    var end = "You sell. ".repeat(20);

    // When
    var lines = TextDiff.lines(start + " " + end, start + separator + end);

    // Then
    assertThat(lines).anyMatch(line -> line.startsWith("-")).anyMatch(line -> line.startsWith("+"));
  }

  @Test
  void showsALineBreakWhereALongLineIsCut() {
    // When
    var lines = TextDiff.lines("x".repeat(200), "x".repeat(160) + "\n" + "x".repeat(40));

    // Then
    assertThat(lines)
        .containsExactly("-" + "x".repeat(160), "+" + "x".repeat(160), " " + "x".repeat(40));
  }

  @Test
  void makesControlCharactersVisible() {
    assertThat(TextDiff.lines("\u001b[31mred", "\u202egreen"))
        .containsExactly("-^[[31mred", "+\\u202egreen");
  }

  @Test
  void boundsTheNumberOfLines() {
    // When
    var lines = TextDiff.lines(numbered(0, 100), numbered(1000, 1100));

    // Then
    assertThat(lines).hasSize(41).endsWith(" … 160 more lines");
  }

  @Test
  void boundsTheNumberOfCharacters() {
    // When
    var lines = TextDiff.lines("", "x".repeat(100_000));

    // Then
    assertThat(lines).hasSize(26).endsWith(" … 600 more lines");
  }

  @Test
  void comparesTextsThatAreTooLongForATableAsReplaced() {
    // When
    var lines = TextDiff.lines("a\n" + "\nb".repeat(20_000), "a\n" + "\nc".repeat(20_000));

    // Then
    assertThat(lines).startsWith(" a", " ", "-b").endsWith(" … 39962 more lines");
  }

  @Test
  void findsNoChangeInEqualTexts() {
    assertThat(TextDiff.lines("same", "same")).isEqualTo(List.of(" …"));
  }
}
