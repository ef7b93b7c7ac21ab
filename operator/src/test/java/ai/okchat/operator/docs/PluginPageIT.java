package ai.okchat.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.Backend;
import ai.okchat.operator.testing.OperatorFixture;
import ai.okchat.operator.testing.SharedCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page of the plugin shows what its commands print, one after the other, in the cluster that
 * {@code examples/quickstart.sh} starts. {@code -Dupdate} writes the page.
 */
final class PluginPageIT {
  private static final Path PAGE = Path.of("docs", "kubectl-okchat.md");
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  @TempDir private Path folder = Path.of("");

  @Test
  void showsWhatItsCommandsPrint() throws Exception {
    // Given
    startAsTheQuickstart();

    // When
    var printed = ShownCommands.rewrite(Files.readString(PAGE), this::run);

    // Then
    if (System.getProperty("update") != null) {
      Files.writeString(PAGE, printed);
    }
    assertThat(neutral(printed))
        .as("write it with -Dupdate")
        .isEqualTo(neutral(Files.readString(PAGE)));
  }

  /** Creates the objects of the quickstart, with its edits and its questions. */
  private void startAsTheQuickstart() throws IOException, InterruptedException {
    Files.createSymbolicLink(folder.resolve("examples"), ROOT.resolve("examples"));
    Files.createDirectories(folder.resolve("bin"));
    program(
        "kubectl-okchat",
        "exec \"%s\" -XX:TieredStopAtLevel=1 -cp '%s' ai.okchat.cli.OkChatPlugin \"$@\""
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path")));
    program("kubectl", "exec \"%s\" \"$@\"".formatted(SharedCluster.get().kubectl()));
    Files.writeString(folder.resolve("kubeconfig"), SharedCluster.get().kubeconfigYaml());
    run("kubectl config set-context --current --namespace=" + world.namespace());
    world.connectBackend();
    for (var file :
        List.of(
            "chatbot-full",
            "chatbot-prompt-from-configmap",
            "chatbot",
            "knowledge-configmap",
            "knowledge-faq")) {
      run("kubectl apply --server-side -f examples/%s.yaml".formatted(file));
    }
    // The quickstart reads the same document from a git repository.
    world.apply(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: guides, labels: {documents: guides}}
        data:
          warranty.md: |
            # Warranty
            The warranty on a bicycle is five years, and on its lamp two.
        ---
        apiVersion: okchat.ai/v1alpha1
        kind: KnowledgeSource
        metadata: {name: support-guides}
        spec:
          chatbotRef: {name: support}
          configMap: {selector: {matchLabels: {documents: guides}}}
        """);
    run(
        "kubectl patch chatbot support --type merge --patch '{\"spec\": {\"prompt\": \"You answer"
            + " questions of our customers in one sentence, and always in rhyme.\"}}'");
    run(
        "kubectl patch configmap support-handbook --type merge --patch '{\"data\":"
            + " {\"opening-hours.md\": \"# Opening hours\\nThe shop is open on Saturday from 8 to"
            + " 20.\\n\"}}'");
    run("kubectl wait --for=condition=Ready chatbots,knowledgesources --all --timeout=60s");
    run("kubectl okchat ask support --session quickstart 'Is the shop open on Saturday?'");
    run("kubectl okchat ask support 'Is the shop open on Saturday?'");
  }

  private void program(String name, String script) throws IOException {
    var file = folder.resolve("bin").resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private String run(String command) throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder("sh", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().put("KUBECONFIG", folder.resolve("kubeconfig").toString());
    builder
        .environment()
        .merge("PATH", folder.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
    var process = builder.start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    assertThat(output).doesNotContain(Backend.API_KEY);
    return output.replace(world.namespace(), "default");
  }

  /** Replaces what differs from run to run: IDs, digests, the order of bots, and ages. */
  private static String neutral(String page) {
    return page.replaceAll(
            "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "IDENTIFIER")
        .replaceAll("default-sales-[0-9a-f]{8}", "SLUG")
        .replaceAll("opening-hours\\.[0-9a-f]{6}\\.", "opening-hours.SOURCE.")
        .replaceAll("it belongs to Chatbot/\\w+", "it belongs to Chatbot/NAME")
        .replaceAll("(?: +[0-9]+[smhd]\\b)+ *", " AGE ")
        .replaceAll("(?m) +$", "");
  }
}
