package ai.okchat.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.testing.OperatorFixture;
import ai.okchat.operator.testing.SharedCluster;
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

  @RegisterExtension final OperatorFixture world = new OperatorFixture();
  @TempDir Path programs;

  @Test
  @DisplayName("T11: without an operator the documented command removes every object")
  void documentedCommandRemovesAllFinalizers(TestInfo test)
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
    world.await("support", _ -> finalizers().toList().size() == 3);
    world.stopOperator();
    ours().forEach(object -> world.kubernetes().resource(object).delete());
    assertThat(ours()).hasSize(3).allMatch(HasMetadata::isMarkedForDeletion);

    // When
    var exit = inShell(documentedCommand());

    // Then
    assertThat(exit).isZero();
    assertThat(ours()).isEmpty();
    assertThat(world.backend().bots())
        .extracting(existing -> existing.path("id"))
        .contains(bot.path("id"));
    FaultReport.record(test, 1, "objects 0, bots left for a person 1");
  }

  private Stream<String> finalizers() {
    return ours().flatMap(object -> object.getMetadata().getFinalizers().stream());
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
        .filter(line -> line.contains("xargs -n 1 kubectl patch"))
        .findFirst()
        .orElseThrow()
        .strip();
  }

  /** Runs the command as a user whose current namespace is that of the fixture. */
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
