package ai.okchat.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.testing.SharedCluster;
import ai.okchat.operator.testing.World;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The way out of users who removed the operator before its objects. */
final class UninstallIT {

  private static final Path PAGE = Path.of("docs", "install.md");

  @RegisterExtension final World world = new World();
  @TempDir Path programs;

  @Test
  @DisplayName("T11: without an operator the documented command removes every object")
  void theDocumentedCommandLetsEverythingGo(TestInfo test)
      throws IOException, InterruptedException {
    // Given
    world.connectBackend();
    world.applyChatbot("support");
    world.apply(
        """
        apiVersion: okchat.ai/v1alpha1
        kind: KnowledgeSource
        metadata: {name: docs}
        spec:
          chatbotRef: {name: support}
          documents: [{name: hours, text: We open at nine.}]
        """);
    var bot = world.backend().bot(world.awaitId("support"));
    world.await("support", it -> finalizers().toList().size() == 3);
    world.stopOperator();
    ours().forEach(it -> world.kubernetes().resource(it).delete());
    assertThat(ours()).hasSize(3).allMatch(HasMetadata::isMarkedForDeletion);

    // When
    var exit = inShell(documentedCommand());

    // Then
    assertThat(exit).isZero();
    assertThat(ours()).isEmpty();
    assertThat(world.backend().bots()).extracting(it -> it.path("id")).contains(bot.path("id"));
    FaultReport.record(test, 1, "objects 0, bots left for a person 1");
  }

  private Stream<String> finalizers() {
    return ours().flatMap(it -> it.getMetadata().getFinalizers().stream());
  }

  private Stream<? extends HasMetadata> ours() {
    return Stream.of(Chatbot.class, KnowledgeSource.class, ChatbotBackend.class)
        .flatMap(
            kind ->
                world
                    .kubernetes()
                    .resources(kind)
                    .inNamespace(world.namespace())
                    .list()
                    .getItems()
                    .stream());
  }

  private static String documentedCommand() throws IOException {
    return Files.readAllLines(PAGE).stream()
        .filter(it -> it.contains("xargs -n 1 kubectl patch"))
        .findFirst()
        .orElseThrow()
        .strip();
  }

  /** As a person whose current namespace is the world's. */
  private int inShell(String command) throws IOException, InterruptedException {
    var kubectl = programs.resolve("kubectl");
    Files.createFile(
        kubectl,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.writeString(
        kubectl,
        """
        #!/bin/sh
        exec '%s' --kubeconfig '%s' -n '%s' "$@"
        """
            .formatted(
                SharedCluster.get().kubectl(),
                SharedCluster.get().kubeconfig(),
                world.namespace()));
    var shell = new ProcessBuilder(List.of("sh", "-c", command)).inheritIO();
    shell.environment().merge("PATH", programs.toString(), (old, mine) -> mine + ":" + old);
    return shell.start().waitFor();
  }
}
