package ai.okchat.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.OperatorFixture;
import ai.okchat.operator.testing.SharedCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Objects and CRDs of the operator in kubectl and in tools that work like it. */
final class GitOpsIT {

  @RegisterExtension final OperatorFixture world = new OperatorFixture();
  @TempDir Path directory;

  @Test
  @DisplayName(
      "T33: after the operator worked, objects do not differ from those that GitOps applied")
  void appliedObjectsDoNotDifferAfterReconciliation() throws IOException, InterruptedException {
    // Given
    world.connectBackend();
    var manifest = directory.resolve("support.yaml");
    Files.writeString(
        manifest,
        """
        apiVersion: okchat.ai/v1alpha1
        kind: Chatbot
        metadata: {name: support, namespace: %s}
        spec: {name: Support, prompt: You help., snippet: {primaryColor: "#ABCDEF"}}
        """
            .formatted(world.namespace()));
    kubectl("apply", "--server-side", "--field-manager=argocd", "-f", manifest.toString());
    world.awaitReady("support");

    // When
    var diff =
        kubectl("diff", "--server-side", "--field-manager=argocd", "-f", manifest.toString());

    // Then
    assertThat(diff).isEmpty();
    assertThat(world.chatbot("support").getMetadata().getGeneration()).isEqualTo(1);
  }

  @Test
  @DisplayName("T36: the CRDs are small enough for a client-side apply")
  void crdsFitIntoAClientSideApply() throws IOException, InterruptedException {
    // When
    var applied = kubectl("apply", "--dry-run=server", "-f", "../crds");

    // Then
    assertThat(applied).contains("chatbots.okchat.ai configured");
  }

  private String kubectl(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(SharedCluster.get().kubectl().toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("KUBECONFIG", SharedCluster.get().kubeconfig().toString());
    var process = builder.start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
