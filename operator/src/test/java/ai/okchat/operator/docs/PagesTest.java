package ai.okchat.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a page leads to is there. */
final class PagesTest {

  static Stream<DocsPage> pages() {
    return DocsPage.all();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void hasNoBrokenLinks(DocsPage page) {
    // When
    var broken = page.brokenLinks();

    // Then
    assertThat(broken).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void commandsNameOnlyExistingFiles(DocsPage page) {
    // When
    var missing = page.missingCommandFiles();

    // Then
    assertThat(missing).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void commandsSetAnnotationsThatFluxKeeps(DocsPage page) {
    // When
    var commands = page.text().lines().filter(line -> line.matches(".*kubectl annotate \\S.*"));

    // Then
    assertThat(commands).allMatch(line -> line.contains("--field-manager=okchat-user"));
  }
}
