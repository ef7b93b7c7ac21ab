package ai.okchat.operator.knowledge.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pages as the generators of documentation, help centres and shops write them. The text file beside
 * a page lists what its document has: {@code =} a whole line, {@code +} a part of a line, and what
 * it does not have: {@code -}.
 */
final class GeneratedPagesTest {

  private static final Path PAGES = Path.of("src", "test", "resources", "pages");
  private static final String URL = "https://docs.example.kr/docs/page";

  static Stream<Path> pages() throws IOException {
    try (var files = Files.list(PAGES)) {
      return files.filter(file -> file.toString().endsWith(".html")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void keepsWhatPeopleReadAndNothingElse(Path page) throws IOException {
    // Given
    var name = page.getFileName().toString().replace(".html", ".txt");
    var expected = Files.readAllLines(page.resolveSibling(name));

    // When
    var markdown = Markdown.ofHtml(Files.readAllBytes(page), null, URL).orElseThrow();

    // Then
    var lines = markdown.lines().toList();
    assertThat(marked(expected, "= ")).filteredOn(line -> !lines.contains(line)).isEmpty();
    assertThat(marked(expected, "+ ")).filteredOn(text -> !markdown.contains(text)).isEmpty();
    assertThat(marked(expected, "- ")).filteredOn(markdown::contains).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void isTheSameTextWhenPageIsReadAgain(Path page) throws IOException {
    // Given
    var first = Markdown.ofHtml(Files.readAllBytes(page), null, URL);
    var edited =
        Files.readString(page)
            .replace("<head>", "<head><meta name=\"csrf-token\" content=\"8bb1\">")
            .replace("<body", "<body data-request=\"77\"");

    // When
    var second = Markdown.ofHtml(edited.getBytes(UTF_8), null, URL);

    // Then
    assertThat(second).isEqualTo(first);
  }

  private static List<String> marked(List<String> lines, String mark) {
    return lines.stream()
        .filter(line -> line.startsWith(mark))
        .map(line -> line.substring(mark.length()))
        .toList();
  }
}
