package ai.okchat.operator.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.testing.OperatorFixture;
import io.fabric8.kubernetes.client.CustomResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The order of {@code docs/install.md}: nothing is left, and no finalizer holds anything. */
final class ChartUninstallIT {

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  @Test
  @DisplayName("T11: an uninstallation in the documented order removes everything")
  void uninstallRemovesEverything() {
    // Given
    world.connectBackend();
    world.applyChatbot("support");
    world.awaitReady("support");
    world.apply(
        """
        apiVersion: okchat.ai/v1alpha1
        kind: KnowledgeSource
        metadata: {name: docs}
        spec:
          chatbotRef: {name: support}
          documents: [{name: hours, text: From nine to five.}]
        """);

    // When
    delete(KnowledgeSource.class);
    world.chatbots("support").delete();
    awaitGone(KnowledgeSource.class);
    world.awaitGone("support");
    delete(ChatbotBackend.class);
    awaitGone(ChatbotBackend.class);
    world.stopOperator();

    // Then
    assertThat(world.backend().bots()).isEmpty();
  }

  private void delete(Class<? extends CustomResource<?, ?>> kind) {
    world.kubernetes().resources(kind).inNamespace(world.namespace()).delete();
  }

  private void awaitGone(Class<? extends CustomResource<?, ?>> kind) {
    Awaitility.await("end of " + kind.getSimpleName())
        .atMost(OperatorFixture.PATIENCE)
        .until(
            () ->
                world
                    .kubernetes()
                    .resources(kind)
                    .inNamespace(world.namespace())
                    .list()
                    .getItems()
                    .isEmpty());
  }
}
