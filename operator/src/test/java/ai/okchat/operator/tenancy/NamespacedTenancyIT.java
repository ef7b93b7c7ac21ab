package ai.okchat.operator.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An operator without rights in the cluster serves no backend of the cluster, and says so. */
final class NamespacedTenancyIT {

  @RegisterExtension final World world = new World();

  @Test
  void itNamesTheTwoWaysOut() {
    // When
    world.applyChatbot("support", "backendRef: {kind: ClusterChatbotBackend, name: shared}");

    // Then
    var denied = world.awaitReason("support", Reason.ReferenceNotPermitted);
    assertThat(SharedAccount.message(denied))
        .isEqualTo(
            "The ClusterChatbotBackend shared is out of reach for this operator, which serves"
                + " single namespaces and may see nothing outside of them. Name a ChatbotBackend of"
                + " this namespace in spec.backendRef, or have the operator installed"
                + " cluster-wide.");
  }
}
