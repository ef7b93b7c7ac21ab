package ai.okchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.client.ChatRequest;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The CronJob of {@code examples/export-conversations.yaml}: its arguments, with the rights of its
 * service account and the key of the environment.
 */
class ExportExampleIT {
  private static final Path EXAMPLE = Path.of("../../examples/export-conversations.yaml");

  @TempDir private Path volume = Path.of("");

  private final TestBot bot = TestBot.create();

  @Test
  void exportsTheNewConversationsOfEachRunWithTheRightsOfTheExample() throws IOException {
    // Given
    for (var manifest : manifests("ServiceAccount", "Role", "RoleBinding")) {
      bot.namespace().apply(manifest.replace("namespace: default", "namespace: " + namespace()));
    }
    ask("first");

    // When
    var runs = List.of(export("pod-1"), export("pod-2"));
    ask("second");
    var third = export("pod-3");

    // Then
    assertThat(runs)
        .containsExactly(
            new PluginRun(ExitCode.YES, "", "Exported 1 conversations.\n"),
            new PluginRun(ExitCode.YES, "", "Exported 0 conversations.\n"));
    assertThat(third).isEqualTo(new PluginRun(ExitCode.YES, "", "Exported 1 conversations.\n"));
    assertThat(files())
        .containsExactly("pod-1.ndjson: first", "pod-3.ndjson: second", "support.cursor");
  }

  /** Runs the container {@code export} in a Pod of this name. */
  private PluginRun export(String pod) throws IOException {
    var arguments = new ArrayList<String>();
    container()
        .path("args")
        .forEach(
            argument ->
                arguments.add(
                    argument
                        .asText()
                        .replace("/export/", volume + "/")
                        .replace("$(POD_NAME)", pod)));
    arguments.addAll(
        List.of("--as", "system:serviceaccount:%s:okchat-export".formatted(namespace())));
    return bot.namespace()
        .given()
        .with("OKCHAT_API_KEY", TestBot.apiKey())
        .run(arguments.toArray(String[]::new));
  }

  private static JsonNode container() throws IOException {
    return tree(manifests("CronJob").getFirst())
        .at("/spec/jobTemplate/spec/template/spec/initContainers/0");
  }

  private static List<String> manifests(String... kinds) throws IOException {
    return Stream.of(Files.readString(EXAMPLE).split("---\n", -1))
        .filter(text -> List.of(kinds).contains(tree(text).path("kind").asText()))
        .toList();
  }

  private static JsonNode tree(String yaml) {
    return JsonText.MAPPER.valueToTree(
        new Load(LoadSettings.builder().build()).loadFromString(yaml));
  }

  /** Lists the files of the volume, each export with its question. */
  private List<String> files() throws IOException {
    try (var files = Files.list(volume)) {
      var lines = new ArrayList<String>();
      for (var file : files.sorted().toList()) {
        var name = file.getFileName().toString();
        lines.add(name.endsWith(".ndjson") ? name + ": " + question(file) : name);
      }
      return lines;
    }
  }

  private static String question(Path file) throws IOException {
    return JsonText.MAPPER.readTree(Files.readAllLines(file).getFirst()).path("content").asText();
  }

  private void ask(String question) {
    bot.client().chat(bot.bot().id(), ChatRequest.question(question, question));
  }

  private String namespace() {
    return bot.namespace().name();
  }
}
