package ai.okchat.operator.knowledge.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The score of the conversion on the pages of {@code operator/src/corpus}. The text file beside a
 * page lists the sentences that its document has ({@code +}) and does not have ({@code -}). Only
 * letters and digits count, as in the comparison with other extractors.
 */
final class CorpusTest {

  private static final Path PAGES = Path.of("src", "test", "resources", "corpus");
  private static final Path SCORES = Path.of("docs", "html-conversion.md");
  private static final String URL = "https://docs.example.com/page";
  private static final int FEWEST_PAGES = 40;

  private static final Pattern TARGETS = Pattern.compile("\\]\\([^()]*(?:\\([^()]*\\)[^()]*)*\\)");

  /** Sentences of all pages, and what the documents have of them. */
  private record Score(int wanted, int unwanted, List<String> missing, List<String> kept) {

    static Score of(List<Path> pages) throws IOException {
      var wanted = 0;
      var unwanted = 0;
      var missing = new ArrayList<String>();
      var kept = new ArrayList<String>();
      for (var page : pages) {
        var name = page.getFileName().toString().replace(".html", "");
        var text = letters(Markdown.ofHtml(Files.readAllBytes(page), null, URL).orElse(""));
        for (var line : Files.readAllLines(page.resolveSibling(name + ".txt"))) {
          var isInText = text.contains(letters(line.substring(2)));
          var isWanted = line.startsWith("+ ");
          wanted += isWanted ? 1 : 0;
          unwanted += isWanted ? 0 : 1;
          if (isInText != isWanted) {
            (isWanted ? missing : kept).add(name + ": " + line.substring(2));
          }
        }
      }
      return new Score(wanted, unwanted, missing, kept);
    }

    /** Returns the row of the operator in the table of the documentation. */
    String row() {
      return "| operator | %.1f %% (%d of %d) | %.1f %% (%d of %d) |"
          .formatted(
              100.0 * (wanted - missing.size()) / wanted,
              wanted - missing.size(),
              wanted,
              100.0 * (unwanted - kept.size()) / unwanted,
              unwanted - kept.size(),
              unwanted);
    }
  }

  @Test
  void keepsTheTextOfPagesAndOmitsTheirFurniture() throws IOException {
    // Given
    var pages = pages();

    // When
    var score = Score.of(pages);

    // Then
    assertThat(pages).hasSizeGreaterThanOrEqualTo(FEWEST_PAGES);
    assertThat(score.missing())
        .containsExactly("helpdesk-articles: Where invoices are kept and who may see them");
    assertThat(score.kept())
        .containsExactly("redoc: API docs by Redocly", "typedoc: Member Visibility");
  }

  @Test
  void documentationHasTheScore() throws IOException {
    // When
    var row = Score.of(pages()).row();

    // Then
    assertThat(Files.readString(SCORES)).contains(row);
  }

  private static List<Path> pages() throws IOException {
    try (var files = Files.list(PAGES)) {
      return files.filter(file -> file.toString().endsWith(".html")).sorted().toList();
    }
  }

  /** Returns the letters and digits of a text, without the targets of its links. */
  private static String letters(String text) {
    var letters = new StringBuilder();
    Normalizer.normalize(TARGETS.matcher(text).replaceAll(""), Normalizer.Form.NFC)
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .forEach(letters::appendCodePoint);
    return letters.toString();
  }
}
