package ai.okchat.operator.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.SharedCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Objects that were stored under a released version, after the CRDs of this one were applied. */
final class StoredObjectsIT {

  private final KubernetesClient kubernetes = SharedCluster.client("upgrade");
  private String namespace = "";

  static Stream<ReleasedVersion> released() {
    return ReleasedVersion.all().stream();
  }

  @BeforeEach
  void makeANamespace() {
    namespace =
        kubernetes
            .resource(
                new NamespaceBuilder()
                    .withNewMetadata()
                    .withGenerateName("upgrade-")
                    .endMetadata()
                    .build())
            .create()
            .getMetadata()
            .getName();
  }

  @AfterEach
  void leaveNothingBehind() {
    install(ReleasedVersion.currentCrds());
    kubernetes
        .genericKubernetesResources("okchat.ai/v1alpha1", "ClusterChatbotBackend")
        .withName("released")
        .delete();
    kubernetes.namespaces().withName(namespace).delete();
    kubernetes.close();
  }

  @ParameterizedTest
  @MethodSource("released")
  @DisplayName(
      "T36: objects that a released version stored are complete and valid after the upgrade")
  void storedObjectsStayCompleteAndValid(ReleasedVersion version) {
    // Given
    install(version.crds());
    var stored = version.objects().stream().map(this::store).toList();

    // When
    install(ReleasedVersion.currentCrds());

    // Then
    assertThat(stored).isNotEmpty().allSatisfy(this::isReadAndValid);
  }

  @ParameterizedTest
  @MethodSource("released")
  @DisplayName("T36: objects that this version stored are complete and valid after a rollback")
  void rollbackKeepsFieldsOfTheReleasedVersion(ReleasedVersion version) {
    // Given
    var stored = version.objects().stream().map(this::store).toList();

    // When
    install(version.crds());

    // Then
    assertThat(stored).isNotEmpty().allSatisfy(this::isReadAndValid);
  }

  private void isReadAndValid(GenericKubernetesResource before) {
    var now = at(before).require();
    assertThat(contentOf(now)).isEqualTo(contentOf(before));
    now.getMetadata().setManagedFields(List.of());
    assertThat(contentOf(kubernetes.resource(now).dryRun().update())).isEqualTo(contentOf(before));
  }

  /** Spec and status. */
  private static Map<String, Object> contentOf(GenericKubernetesResource object) {
    return object.getAdditionalProperties();
  }

  /** With its status, as the API server has it then. */
  private GenericKubernetesResource store(GenericKubernetesResource object) {
    if (!object.getKind().startsWith("Cluster")) {
      object.getMetadata().setNamespace(namespace);
    }
    kubernetes.resource(object).create();
    if (object.get("status") != null) {
      kubernetes.resource(object).updateStatus();
    }
    var stored = at(object).require();
    assertThat(object.get("status") == null || object.get("status").equals(stored.get("status")))
        .as("the status of %s is stored whole", object.getMetadata().getName())
        .isTrue();
    return stored;
  }

  private Resource<GenericKubernetesResource> at(GenericKubernetesResource object) {
    return kubernetes.resource(object);
  }

  private void install(List<CustomResourceDefinition> crds) {
    for (var crd : crds) {
      kubernetes.resource(crd).forceConflicts().serverSideApply();
      kubernetes
          .resource(crd)
          .waitUntilCondition(StoredObjectsIT::isEstablished, 30, TimeUnit.SECONDS);
    }
  }

  private static boolean isEstablished(@Nullable CustomResourceDefinition crd) {
    return crd != null
        && crd.getStatus() != null
        && crd.getStatus().getConditions().stream()
            .anyMatch(
                condition ->
                    condition.getType().equals("Established")
                        && condition.getStatus().equals("True"));
  }
}
