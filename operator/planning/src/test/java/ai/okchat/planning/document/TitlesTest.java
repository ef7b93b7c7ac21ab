package ai.okchat.planning.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of documents in titles, as files have them and as an attacker makes them. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TitlesTest {

  private static final int LONG = 1_000_000;

  @ParameterizedTest
  @CsvSource({
    "docs/set up.md, docs-set-up",
    "-_.a.-_, a",
    "a-_.b, a-_.b",
    "https://example.com/a?b=c, example.com-a-b-c",
    "größe.md, größe",
  })
  void keepsWhatIsSafeInFileNames(String name, String safe) {
    assertThat(Titles.safeName(name)).isEqualTo(safe);
  }

  @Test
  void keepsTitleOfADocumentWhoseTwinIsRejected() {
    // Given
    var tag = new SourceTag("0123456789");
    var text = new SourceFile("docs/a.md", FileType.MARKDOWN, Content.of(new byte[] {1}));
    var table = new SourceFile("docs/a.csv", FileType.CSV, Content.of(new byte[] {2}));
    var before = Titles.assign(tag, List.of(text, table));

    // When
    var after = Titles.assign(tag, List.of(text), List.of(new RejectedFile("docs/a.csv", "No.")));

    // Then
    assertThat(after).isEqualTo(List.of(before.getFirst()));
    assertThat(Titles.possibleNames("docs/a.csv")).contains(before.getLast().title().name());
  }

  @Test
  void cutsLongNamesBetweenCharacters() {
    // When
    var safe = Titles.safeName("x" + "ö".repeat(200));

    // Then
    assertThat(safe).matches("xö{79}-[0-9a-f]{8}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", "._-", " ", "/", ".a"})
  @DisplayName("T67: a name with a long run ends at once")
  void endsWhenNameHasLongRun(String part) {
    // When
    var safe = Titles.safeName("a" + part.repeat(LONG) + "b");

    // Then
    assertThat(safe).startsWith("a").hasSizeLessThan(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", ".", "a", ".0123456789", ".0123456789.01234567", "0."})
  @DisplayName("T67: a listed title with a long run ends at once")
  void endsWhenListedTitleHasLongRun(String part) {
    // When
    var found =
        DocumentTitle.find(part.repeat(LONG / part.length()), new SourceTag("0123456789ab"));

    // Then
    assertThat(found).isEqualTo(Optional.empty());
  }
}
