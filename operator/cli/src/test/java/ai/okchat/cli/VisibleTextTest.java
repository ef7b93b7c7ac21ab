package ai.okchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hostile texts become visible, and texts of all languages stay. */
class VisibleTextTest {

  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "Grüße 你好 👩‍🚀, Grüße 你好 👩‍🚀",
    "'\u001b[2Jgone', '^[[2Jgone'",
    "'a\rb', 'a^Mb'",
    "'a\nb\tc', 'a b c'",
    "'\u009b31m', '\\u009b31m'",
    "'\u202egnp.exe', '\\u202egnp.exe'",
    "'\u007f\u0000', '^?^@'",
    "'\ud800', '\\ud800'",
  })
  void hidesNothingFromTheReader(String text, String shown) {
    assertThat(VisibleText.line(text)).isEqualTo(shown);
  }
}
