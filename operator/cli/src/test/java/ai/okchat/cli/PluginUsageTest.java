package ai.okchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of the plugin that need no cluster. */
class PluginUsageTest {

  @TempDir private Path folder = Path.of("");

  static Stream<String> commands() {
    return PluginCommands.all().map(PluginCommands::word);
  }

  @Test
  void listsTheCommandsWithoutArguments() {
    Golden.check("help", PluginRun.Given.nothing().run().transcript());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void eachCommandHasHelpWithExamples(String command) {
    // When
    var run = PluginRun.Given.nothing().run(command, "--help");

    // Then
    assertThat(run.out()).contains("Examples:");
    Golden.check("help-" + command, run.transcript());
  }

  @Test
  void printsItsVersion() {
    assertThat(PluginRun.Given.nothing().run("version"))
        .isEqualTo(new PluginRun(ExitCode.YES, "kubectl-okchat unpackaged\n", ""));
  }

  @Test
  void printsItsVersionAsJson() {
    assertThat(PluginRun.Given.nothing().run("version", "-o", "json"))
        .isEqualTo(new PluginRun(ExitCode.YES, "{\n  \"version\" : \"unpackaged\"\n}\n", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"explode", "--explode", "why --explode", "get -o xml", "why one two"})
  void wrongUsageIsAboveOne(String arguments) {
    // When
    var run = PluginRun.Given.nothing().run(arguments.split(" ", -1));

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.UNKNOWN);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("error: ").contains("--help");
  }

  @Test
  void saysHowToNameAKubeconfig() {
    assertThat(PluginRun.Given.nothing().run("get"))
        .isEqualTo(
            new PluginRun(
                ExitCode.UNKNOWN,
                "",
                "error: There is no kubeconfig. Name one with --kubeconfig, or set KUBECONFIG.\n"));
  }

  @Test
  void saysThatTheContextDoesNotExist() throws IOException {
    // Given
    var file = Files.writeString(folder.resolve("config"), "contexts: []");

    // When
    var run =
        PluginRun.Given.nothing()
            .run("get", "--kubeconfig", file.toString(), "--context", "red\u001b[31m");

    // Then
    assertThat(run)
        .isEqualTo(
            new PluginRun(
                ExitCode.UNKNOWN,
                "",
                "error: The kubeconfig has no context \"red^[[31m\". List them with: kubectl config"
                    + " get-contexts\n"));
  }

  @Test
  void saysThatTheServerDoesNotRespond() throws IOException {
    // Given
    var file =
        Files.writeString(
            folder.resolve("config"),
            """
            current-context: here
            contexts: [{name: here, context: {cluster: here, user: me}}]
            clusters: [{name: here, cluster: {server: "http://127.0.0.1:1"}}]
            users: [{name: me, user: {token: secret}}]
            """);

    // When
    var run = PluginRun.Given.nothing().with("KUBECONFIG", file.toString()).run("get");

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.UNKNOWN);
    assertThat(run.err())
        .startsWith("error: The API server 127.0.0.1:1 of the context \"here\" did not respond: ")
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secrets", "a b", "-x-", "UPPER", "rotten/name"})
  void rejectsNamesThatNoObjectCanHave(String name) {
    // When
    var run = PluginRun.Given.nothing().run("why", "--", name);

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.UNKNOWN);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void anErrorOfTheProcessIsNotAResult() {
    // Given
    var err = new ByteArrayOutputStream();
    var streams =
        new Streams(
            new InputStream() {
              @Override
              public int read() {
                throw new StackOverflowError();
              }

              @Override
              public int read(byte[] into, int from, int length) {
                throw new StackOverflowError();
              }
            },
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            Map.of(),
            Clock.systemUTC());

    // When
    var exitCode =
        OkChatPlugin.run(
            streams, "diff", "-f", "-", "--offline", "--url", "https://okchat.example");

    // Then
    assertThat(exitCode).isEqualTo(ExitCode.UNKNOWN);
    assertThat(err).hasToString("error: Unexpected StackOverflowError.\n");
  }
}
