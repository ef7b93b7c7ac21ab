package ai.okchat.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.okchat.operator.testing.Chart;
import ai.okchat.operator.testing.OperatorFixture;
import ai.okchat.operator.testing.RenderedChart;
import ai.okchat.operator.testing.SharedCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dry run of the rendered chart against a real API server. */
class ChartApiServerIT {

  private static final KubernetesClient KUBERNETES = SharedCluster.client("chart");

  static Stream<ValuesRow> rows() {
    return ValuesRow.table();
  }

  @BeforeAll
  static void prepare() {
    for (var name : ValuesRow.NAMESPACES) {
      var namespace =
          new NamespaceBuilder()
              .withNewMetadata()
              .withName(name)
              .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
              .endMetadata()
              .build();
      KUBERNETES.resource(namespace).forceConflicts().serverSideApply();
    }
    var crds = ChartApiServerIT.class.getResourceAsStream("/chart/monitoring-crds.yaml");
    for (var crd : KUBERNETES.load(Objects.requireNonNull(crds)).items()) {
      KUBERNETES.resource(crd).forceConflicts().serverSideApply();
    }
    Awaitility.await("the kinds of the Prometheus operator")
        .atMost(OperatorFixture.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions()
        .until(
            () ->
                KUBERNETES.getApiResources("monitoring.coreos.com/v1").getResources().size() >= 2);
  }

  @AfterAll
  static void close() {
    KUBERNETES.close();
  }

  @ParameterizedTest
  @MethodSource("rows")
  @DisplayName("T96: the API server accepts the chart, also with a narrowed NetworkPolicy")
  void apiServerAcceptsEveryObject(ValuesRow row) {
    // When
    var rendered = render(row);

    // Then
    assertThat(rendered.objects())
        .isNotEmpty()
        .allSatisfy(object -> assertThatCode(() -> tryOut(object)).doesNotThrowAnyException());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyPodFitsThePodSecurityStandardRestricted(ValuesRow row) {
    // When
    var deployments = render(row).all(Deployment.class);

    // Then
    assertThat(deployments)
        .isNotEmpty()
        .allSatisfy(
            deployment ->
                assertThatCode(() -> tryOut(podOf(deployment))).doesNotThrowAnyException());
  }

  @Test
  void rejectsPodThatViolatesTheStandard() {
    // Given
    var deployment =
        Chart.OURS
            .render(ValuesRow.RELEASE, ValuesRow.NAMESPACE, "podSecurityContext: {runAsUser: 0}")
            .one(Deployment.class, ValuesRow.RELEASE);

    // When
    var attempt = assertThatThrownBy(() -> tryOut(podOf(deployment)));

    // Then
    attempt.hasMessageContaining("violates PodSecurity \"restricted:latest\"");
  }

  private static RenderedChart render(ValuesRow row) {
    return Chart.OURS.render(ValuesRow.RELEASE, ValuesRow.NAMESPACE, row.values());
  }

  private static void tryOut(HasMetadata object) {
    new DryRun(KUBERNETES).apply(object);
  }

  private static Pod podOf(Deployment deployment) {
    var template = deployment.getSpec().getTemplate();
    return new PodBuilder()
        .withMetadata(template.getMetadata())
        .editMetadata()
        .withName(deployment.getMetadata().getName())
        .withNamespace(deployment.getMetadata().getNamespace())
        .endMetadata()
        .withSpec(template.getSpec())
        .build();
  }
}
