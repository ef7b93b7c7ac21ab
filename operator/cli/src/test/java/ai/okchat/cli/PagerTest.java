package ai.okchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program that shows the output of a command. */
class PagerTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void showsTheOutputOnATerminal() {
    // When
    var run = pager("cat").onTerminal().run("why", "--help");

    // Then
    assertThat(run).isEqualTo(new PluginRun(ExitCode.YES, "", ""));
    assertThat(shown()).content().startsWith("Usage: kubectl okchat why").contains("Examples:");
  }

  @Test
  void endsWhenTheUserEndsIt() {
    // When
    var run = pager("head -n 1").onTerminal().run("why", "--help");

    // Then
    assertThat(run.err()).isEmpty();
    assertThat(shown()).content().hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({"why, false", "get, true", "export, true", "completion, true"})
  void isNotStartedWithoutATerminalOrForOtherCommands(String command, boolean terminal) {
    // Given
    var given = pager("cat");

    // When
    var run = (terminal ? given.onTerminal() : given).run(command, "--help");

    // Then
    assertThat(run.out()).startsWith("Usage: kubectl okchat " + command);
    assertThat(shown()).doesNotExist();
  }

  @Test
  void printsTheOutputIfTheProgramDoesNotExist() {
    assertThat(
            PluginRun.Given.nothing()
                .with("PAGER", "program-that-does-not-exist")
                .onTerminal()
                .run("why", "--help")
                .out())
        .startsWith("Usage: kubectl okchat why")
        .contains("Examples:");
  }

  @Test
  void printsTheOutputIfTheProgramCannotBeStarted() throws IOException {
    // Given
    var file = Files.writeString(folder.resolve("program"), "not executable");

    // When
    var run =
        PluginRun.Given.nothing().with("PAGER", file.toString()).onTerminal().run("why", "--help");

    // Then
    assertThat(run.out()).startsWith("Usage: kubectl okchat why").contains("Examples:");
  }

  @Test
  void isNotStartedWithoutAProgram() {
    assertThat(PluginRun.Given.nothing().with("PAGER", " ").onTerminal().run("why", "--help").out())
        .startsWith("Usage: kubectl okchat why");
  }

  private PluginRun.Given pager(String program) {
    return PluginRun.Given.nothing().with("PAGER", program + " > " + shown());
  }

  private Path shown() {
    return folder.resolve("shown");
  }
}
