package ai.okchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell script that completes words, with a kubectl that prints its arguments. */
class CompletionTest {
  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void write() throws IOException {
    Files.writeString(
        folder.resolve("kubectl_complete-okchat"),
        PluginRun.Given.nothing().run("completion").out());
    var kubectl =
        Files.writeString(
            folder.resolve("kubectl"),
            """
            #!/bin/sh
            echo "$*" >> "$0.log"
            echo chatbot.okchat.ai/support
            echo knowledgesource.okchat.ai/faq
            """);
    assertThat(kubectl.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void completesCommandsWithTheirDescription() throws Exception {
    assertThat(complete(""))
        .contains("why\tExplains why an object is not Ready, and names the fix.")
        .endsWith(":4");
  }

  @Test
  void completesNamesWithTheirKind() throws Exception {
    // When
    var candidates = complete("why", "-n", "shop", "--context=prod", "su");

    // Then
    assertThat(candidates).containsExactly("support", "knowledgesource/faq", ":4");
    assertThat(Files.readString(folder.resolve("kubectl.log")))
        .isEqualTo(
            "--context prod --namespace shop --request-timeout=2s get"
                + " chatbots,knowledgesources,chatbotbackends -o name\n");
  }

  @Test
  void completesOptions() throws Exception {
    assertThat(complete("why", "--all"))
        .contains(
            "--all-namespaces\texplain all namespaces",
            "--kubeconfig\tkubeconfig file (default: KUBECONFIG, ~/.kube/config, or the Pod)");
  }

  @Test
  void completesFormats() throws Exception {
    assertThat(complete("get", "-o", ""))
        .containsExactly("table", "wide", "json", "yaml", "name", "markdown", ":4");
  }

  @Test
  void completesTheFolderOfAnImportByTheShell() throws Exception {
    assertThat(complete("import", "--all", "-o", "")).containsExactly(":0");
  }

  @Test
  void completesKinds() throws Exception {
    assertThat(complete("get", "chat"))
        .containsExactly(
            "clusterchatbotbackend", "chatbotbackend", "chatbot", "knowledgesource", ":4");
  }

  @Test
  void completesNoNameWhereThereIsOne() throws Exception {
    assertThat(complete("why", "support", "")).containsExactly(":4");
  }

  private List<String> complete(String... words) throws IOException {
    var command =
        new ArrayList<>(List.of("sh", folder.resolve("kubectl_complete-okchat").toString()));
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
    var process = builder.start();
    process.getOutputStream().close();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .toList();
  }
}
