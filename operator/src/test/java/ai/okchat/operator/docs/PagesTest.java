package ai.okchat.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a page leads to is there. */
final class PagesTest {

  static Stream<Page> pages() {
    return Page.all();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void noLinkLeadsNowhere(Page page) {
    // When
    var broken = page.brokenLinks();

    // Then
    assertThat(broken).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void noCommandNamesAFileThatIsNotThere(Page page) {
    // When
    var missing = page.missingCommandFiles();

    // Then
    assertThat(missing).isEmpty();
  }
}
