package ai.okchat.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.sandbox.switches.Switch;
import ai.okchat.sandbox.switches.Switches;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxMainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void helpExplainsEveryOption() {
    // When
    var exit = run("--help");

    // Then
    assertThat(exit).isZero();
    assertThat(out.toString())
        .contains(
            "--port", "--host", "--allow-host", "--data", "--api-key", "--version", "/sandbox/")
        .contains("--llm-url", "--llm-model", "--llm-key")
        .contains(Switches.all().stream().map(Switch::option).toArray(String[]::new));
  }

  @Test
  void versionNamesTheProgram() {
    // When
    var exit = run("--version");

    // Then
    assertThat(exit).isZero();
    assertThat(out.toString()).startsWith("okchat-sandbox ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--port=http | Invalid value for option '--port': 'http' is not an int",
        "--port=70000 | port: must be from 0 to 65535",
        "--max-bots=-1 | maxBots: must not be negative",
        "--title-extension=drop | titleExtension: must be one of: keep, cut, add",
        "--api-key==acme | an API key must be KEY or KEY=ORGANIZATION_NAME",
        "--llm-url=ftp://models/v1 | languageModel: the URL must be one of http or https, for"
            + " example http://127.0.0.1:11434/v1",
        "--colour=red | Unknown option: '--colour=red'"
      })
  void namesInvalidOptionAndExitsWithTwo(String option, String error) {
    // When
    var exit = run(option);

    // Then
    assertThat(exit).isEqualTo(2);
    assertThat(err.toString()).startsWith(error);
  }

  @Test
  void namesPortInUseAndFolderThatCannotBeCreated(@TempDir Path folder) throws Exception {
    // Given
    var file = Files.createFile(folder.resolve("file"));
    try (var sandbox = Sandbox.start(SandboxOptions.defaults())) {

      // When
      var exits =
          List.of(
              run("--port=" + sandbox.port()), run("--port=0", "--data=" + file.resolve("data")));

      // Then
      assertThat(exits).containsExactly(2, 2);
      assertThat(err.toString())
          .contains("--port " + sandbox.port() + " is in use: take another, or 0")
          .contains("data folder " + file.resolve("data") + " cannot be made");
    }
  }

  private int run(String... arguments) {
    return SandboxMain.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
