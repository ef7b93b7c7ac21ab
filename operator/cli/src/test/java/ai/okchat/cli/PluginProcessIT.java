package ai.okchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The plugin as a process: exit codes, a broken pipe, and Ctrl-C. */
class PluginProcessIT {
  private static final long SECONDS = 120;

  @Test
  void exitsWithTheCodeOfTheCommand() throws Exception {
    // Given
    var namespace = TestNamespace.create();

    // When
    var version = start(namespace, "version");
    var absent = start(namespace, "why", "absent");
    var usage = start(namespace, "why", "--explode");

    // Then
    assertThat(exitCode(version)).isEqualTo(0);
    assertThat(text(version))
        .matches("kubectl-okchat (unpackaged|\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?)\n");
    assertThat(exitCode(absent)).isEqualTo(1);
    assertThat(exitCode(usage)).isEqualTo(2);
    assertThat(text(usage)).isEmpty();
  }

  /** The API types have annotations and components of the Kubernetes client of the operator. */
  @Test
  void comparesWithoutTheKubernetesClientOfTheOperator() throws Exception {
    // Given
    var bot = TestBot.create();
    var manifests =
        """
        apiVersion: okchat.ai/v1alpha1
        kind: Chatbot
        metadata: {name: support}
        spec:
          {name: Support, prompt: You sell., personality: {tone: Calm}, snippet: {name: Shop},
           chatWidget: {name: Shop}, voiceAgent: {voice: alloy}, avatar: {url: 'https://a.example/'}}
        ---
        apiVersion: okchat.ai/v1alpha1
        kind: KnowledgeSource
        metadata: {name: faq}
        spec: {chatbotRef: {name: support}, documents: [{name: hours, text: We are open.}]}
        """;
    var jar = Path.of("target", "kubectl-okchat.jar");
    var process =
        started(bot.namespace(), List.of("-jar", jar.toString()), "diff", "-f", "-", "-o", "json");

    // When
    process.getOutputStream().write(manifests.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();

    // Then
    var result = JsonText.MAPPER.readTree(text(process));
    assertThat(exitCode(process)).isEqualTo(ExitCode.NO);
    assertThat(result.path("requests").asInt()).isEqualTo(5);
    try (var libraries = Files.list(Path.of("target", "lib"))) {
      assertThat(libraries.map(file -> file.getFileName().toString()))
          .isNotEmpty()
          .noneMatch(name -> name.matches("(kubernetes|generator|jsoup|logback|operator).*"));
    }
  }

  @Test
  void endsQuietlyIfTheReaderEnds() throws Exception {
    // Given
    var process = start(TestNamespace.create(), "completion");

    // When
    process.getInputStream().close();

    // Then
    assertThat(exitCode(process)).isEqualTo(ExitCode.BROKEN_PIPE);
    assertThat(process.getErrorStream().readAllBytes()).isEmpty();
  }

  @Test
  void endsWithCtrlC() throws Exception {
    // Given
    var bot = TestBot.create();
    var process = start(bot.namespace(), "ask", "support");

    // When
    process.getOutputStream().write("Hello\n".getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    assertThat(process.getInputStream().read()).isPositive();
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

    // Then
    assertThat(exitCode(process)).isEqualTo(130);
  }

  private static Process start(TestNamespace namespace, String... arguments) throws IOException {
    return started(
        namespace,
        List.of("-cp", System.getProperty("java.class.path"), OkChatPlugin.class.getName()),
        arguments);
  }

  private static Process started(TestNamespace namespace, List<String> program, String... arguments)
      throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                // A background job of a shell ignores the signal of Ctrl-C, and so do its children.
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1"));
    command.addAll(program);
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    builder.environment().put("KUBECONFIG", namespace.kubeconfig().toString());
    return builder.start();
  }

  private static int exitCode(Process process) throws InterruptedException {
    assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private static String text(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
