package ai.okchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Tables in columns and in Markdown. */
class TextTableTest {
  private static final TextTable TABLE =
      new TextTable("NAME", "MESSAGE")
          .row(List.of("support", "Ready"))
          .row(List.of("한국어", "a | b\n<img src=x> [link](x) `c` \\ \u001b[31m"))
          .row(List.of("empty", ""));

  @Test
  void alignsColumns() {
    assertThat(TABLE.lines(OutputFormat.TABLE))
        .containsExactly(
            "NAME      MESSAGE",
            "support   Ready",
            "한국어       a | b <img src=x> [link](x) `c` \\ ^[[31m",
            "empty     <none>");
  }

  @Test
  void writesMarkdownInWhichTextsStayTexts() {
    assertThat(TABLE.lines(OutputFormat.MARKDOWN))
        .containsExactly(
            "| NAME | MESSAGE |",
            "|---|---|",
            "| support | Ready |",
            "| 한국어 | a \\| b \\<img src=x\\> \\[link\\](x) \\`c\\` \\\\ ^\\[\\[31m |",
            "| empty | \\<none\\> |");
  }
}
