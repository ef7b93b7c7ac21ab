package ai.okchat.operator.backend;

import static ai.okchat.operator.backend.BackendManifest.backend;
import static ai.okchat.operator.backend.BackendManifest.clusterBackend;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.AllowedNamespaces;
import ai.okchat.api.v1alpha1.BackendRef.Kind;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which namespace may use which backend. */
class NamespaceAccessTest {
  private static final BackendKey SHARED =
      new BackendKey(Kind.CLUSTER_CHATBOT_BACKEND, "", "shared");
  private static final LabelSelector SUPPORT =
      new LabelSelectorBuilder().addToMatchLabels("team", "support").build();

  @Test
  void namespacedBackendAdmitsItsOwnNamespaceOnly() {
    // Then
    assertThat(tenant("team-a").mayUse(backend("default"))).isTrue();
    assertThat(tenant("team-b").mayUse(backend("default"))).isFalse();
  }

  @Test
  void backendWithoutPermissionsAdmitsNoNamespace() {
    // Then
    assertThat(mayUse(tenant("team-a"), null)).isFalse();
  }

  @Test
  void admitsNamespaceByItsWholeName() {
    // Given
    var allowed = new AllowedNamespaces(List.of("team-a", "team-b"), null);

    // Then
    assertThat(mayUse(tenant("team-b"), allowed)).isTrue();
    assertThat(mayUse(tenant("team"), allowed)).isFalse();
    assertThat(mayUse(tenant("team-a-evil"), allowed)).isFalse();
  }

  @Test
  void admitsNamespaceByItsLabels() {
    // Given
    var allowed = new AllowedNamespaces(List.of(), SUPPORT);

    // Then
    assertThat(mayUse(new NamespaceAccess("team-a", Map.of("team", "support")), allowed)).isTrue();
    assertThat(mayUse(new NamespaceAccess("team-a", Map.of("team", "sales")), allowed)).isFalse();
    assertThat(mayUse(tenant("team-a"), allowed)).isFalse();
  }

  @Test
  void admitsNamespaceByNameOrSelector() {
    // Given
    var allowed = new AllowedNamespaces(List.of("team-b"), SUPPORT);

    // Then
    assertThat(mayUse(tenant("team-b"), allowed)).isTrue();
    assertThat(mayUse(new NamespaceAccess("team-a", Map.of("team", "support")), allowed)).isTrue();
    assertThat(mayUse(tenant("team-a"), allowed)).isFalse();
  }

  @Test
  void emptySelectorAdmitsEveryNamespace() {
    // Then
    assertThat(mayUse(tenant("any"), new AllowedNamespaces(List.of(), new LabelSelector())))
        .isTrue();
  }

  @Test
  @DisplayName("T93: a selector matches no namespace that is not observed yet")
  void admitsNoUnobservedNamespaceBySelector() {
    // Given
    var unobserved = NamespaceAccess.of("team-a", Optional.empty());
    var negative =
        new LabelSelectorBuilder()
            .addNewMatchExpression()
            .withKey("untrusted")
            .withOperator("DoesNotExist")
            .endMatchExpression()
            .build();

    // Then
    assertThat(mayUse(unobserved, new AllowedNamespaces(List.of(), negative))).isFalse();
    assertThat(mayUse(unobserved, new AllowedNamespaces(List.of(), new LabelSelector()))).isFalse();
    assertThat(mayUse(unobserved, new AllowedNamespaces(List.of("team-a"), null))).isTrue();
    assertThat(mayUse(tenant("team-a"), new AllowedNamespaces(List.of(), negative))).isTrue();
  }

  @Test
  void onlyLabelsChangeAPermission() {
    // Given
    var before = new NamespaceBuilder().withNewMetadata().withName("team-a").endMetadata().build();
    var annotated =
        new NamespaceBuilder(before)
            .editMetadata()
            .addToAnnotations("a", "b")
            .endMetadata()
            .build();
    var labelled =
        new NamespaceBuilder(before).editMetadata().addToLabels("a", "b").endMetadata().build();

    // Then
    assertThat(NamespaceAccess.isRelevant(annotated, before)).isFalse();
    assertThat(NamespaceAccess.isRelevant(labelled, before)).isTrue();
  }

  @Test
  void hidesFailureDetailsOfASharedBackendFromTenants() {
    // Given
    var why = Failure.referenceNotFound("The Secret okchat in the namespace platform is missing.");

    // When
    var told = tenant("team-a").unusable(SHARED, why);

    // Then
    assertThat(told.reason()).isEqualTo(Reason.ReferenceNotFound);
    assertThat(told.message())
        .isEqualTo(
            "The ClusterChatbotBackend shared is not Ready. Ask the administrator of the cluster,"
                + " who sees its conditions.");
  }

  private static boolean mayUse(NamespaceAccess tenant, @Nullable AllowedNamespaces allowed) {
    return tenant.mayUse(clusterBackend("shared", allowed));
  }

  private static NamespaceAccess tenant(String namespace) {
    return new NamespaceAccess(namespace, Map.of());
  }
}
