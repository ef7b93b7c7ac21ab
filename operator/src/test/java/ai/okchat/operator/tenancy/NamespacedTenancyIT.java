package ai.okchat.operator.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.OperatorFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An operator without rights in the cluster serves no backend of the cluster, and says so. */
final class NamespacedTenancyIT {

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  @Test
  void messageNamesTwoFixes() {
    // When
    world.applyChatbot("support", "backendRef: {kind: ClusterChatbotBackend, name: shared}");

    // Then
    var denied = world.awaitReason("support", Reason.ReferenceNotPermitted);
    assertThat(SharedAccount.message(denied))
        .isEqualTo(
            "The ClusterChatbotBackend shared is cluster-scoped, and this operator serves single"
                + " namespaces only. Name a ChatbotBackend of this namespace in spec.backendRef,"
                + " or have the operator installed cluster-wide.");
  }
}
