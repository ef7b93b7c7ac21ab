package ai.okchat.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ai.okchat.operator.config.OperatorOptions;
import ai.okchat.operator.testing.Chart;
import ai.okchat.operator.testing.RenderedChart;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ChartRenderingTest {

  static Stream<ValuesRow> rows() {
    return ValuesRow.table();
  }

  @Test
  void passesStrictLint() {
    // When
    var lint = Chart.OURS.lint();

    // Then
    assertThat(lint.isFailed()).as("%s", lint.getMessages()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void rendersTheObjectsOfEachRowOfValues(ValuesRow row) {
    // Given
    var expected = new ArrayList<>(render("{}").names());
    for (var change : row.changes()) {
      var object = change.substring(1);
      if (change.startsWith("+")) {
        expected.add(object);
      } else {
        assertThat(expected.remove(object)).as("%s is there without the row", object).isTrue();
      }
    }

    // When
    var rendered = render(row.values());

    // Then
    assertThat(rendered.names()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @MethodSource("rows")
  @DisplayName("T31: no webhook is configured that could block a delete")
  void noWebhookIsConfiguredThatCouldBlockADelete(ValuesRow row) {
    // When
    var rendered = render(row.values());

    // Then
    assertThat(rendered.objects())
        .extracting(HasMetadata::getKind)
        .doesNotContain("ValidatingWebhookConfiguration", "MutatingWebhookConfiguration");
    assertThat(rendered.all(CustomResourceDefinition.class))
        .allSatisfy(crd -> assertThat(crd.getSpec().getConversion()).isNull());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyObjectHasLabelsOfTheRelease(ValuesRow row) {
    // When
    var rendered = render(row.values());

    // Then
    assertThat(rendered.objects())
        .allSatisfy(
            object ->
                assertThat(object.getMetadata().getLabels())
                    .containsEntry("app.kubernetes.io/instance", ValuesRow.RELEASE)
                    .containsEntry("app.kubernetes.io/part-of", "okchat"));
  }

  @Test
  void deploymentSetsEverySettingOfTheOperator() {
    // Given
    var settings =
        new CommandLine(new OperatorOptions())
            .getCommandSpec().options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .map(
                    option ->
                        option
                            .longestName()
                            .substring(2)
                            .replace('-', '_')
                            .toUpperCase(Locale.ROOT))
                .toList();

    // When
    var environment = operator(render("{}")).keySet();

    // Then
    assertThat(environment).containsExactlyInAnyOrderElementsOf(settings);
  }

  @Test
  void rendersSettingsAsTheOperatorReadsThem() {
    // When
    var environment =
        operator(
            render(
                """
                watchNamespaces: [a, b]
                backendHosts: [x.example.com, y.example.com]
                sourceHosts: [docs.example.com]
                fetchAllowCidrs: [10.1.0.0/16]
                managementPort: 9090
                log: {format: text, level: debug}
                tmpSizeLimit: 6Gi
                """));

    // Then
    assertThat(environment)
        .containsEntry("WATCH_NAMESPACES", "a,b")
        .containsEntry("BACKEND_HOSTS", "x.example.com,y.example.com")
        .containsEntry("SOURCE_HOSTS", "docs.example.com")
        .containsEntry("FETCH_ALLOW_CIDRS", "10.1.0.0/16")
        .containsEntry("MANAGEMENT_PORT", "9090")
        .containsEntry("LEADER_ELECTION", "true")
        .containsEntry("TMP_SIZE_LIMIT", "6Gi")
        .containsEntry("LOG_FORMAT", "text")
        .containsEntry("LOG_LEVEL", "debug");
  }

  @Test
  void rendersProxyAndTrustedAuthorities() {
    // When
    var rendered =
        render(
            """
            proxy: {url: "http://proxy.example.com:3128", noProxy: [.svc, 10.0.0.0/8]}
            trust: {configMap: {name: corporate-cas, key: bundle.pem}}
            """);

    // Then
    assertThat(operator(rendered))
        .containsEntry("PROXY_URL", "http://proxy.example.com:3128")
        .containsEntry("NO_PROXY", ".svc,10.0.0.0/8")
        .containsEntry("TRUST_FILE", "/etc/okchat/trust/ca.crt");
    var pod = rendered.one(Deployment.class, "okchat-operator").getSpec().getTemplate().getSpec();
    assertThat(pod.getVolumes())
        .contains(
            new VolumeBuilder()
                .withName("trust")
                .withNewConfigMap()
                .withName("corporate-cas")
                .addNewItem("bundle.pem", null, "ca.crt")
                .endConfigMap()
                .build());
    assertThat(pod.getContainers().getFirst().getVolumeMounts())
        .extracting(VolumeMount::getName, VolumeMount::getMountPath)
        .containsExactly(tuple("tmp", "/tmp"), tuple("trust", "/etc/okchat/trust"));
  }

  @Test
  void proxyWithAPasswordComesFromASecret() {
    // When
    var rendered =
        render("proxy: {url: 'http://ignored:3128', secretRef: {name: proxy, key: address}}");

    // Then
    var container =
        rendered
            .one(Deployment.class, "okchat-operator")
            .getSpec()
            .getTemplate()
            .getSpec()
            .getContainers()
            .getFirst();
    assertThat(container.getEnv())
        .contains(
            new EnvVarBuilder()
                .withName("PROXY_URL")
                .withNewValueFrom()
                .withNewSecretKeyRef("address", "proxy", null)
                .endValueFrom()
                .build());
  }

  @Test
  void rendersAdditionsOfThePod() {
    // When
    var rendered =
        render(
            """
            imagePullSecrets: [{name: registry}]
            podLabels: {team: platform}
            extraVolumes: [{name: more, emptyDir: {}}]
            extraVolumeMounts: [{name: more, mountPath: /more}]
            service: {ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv6, IPv4]}
            """);

    // Then
    var template = rendered.one(Deployment.class, "okchat-operator").getSpec().getTemplate();
    assertThat(template.getMetadata().getLabels()).containsEntry("team", "platform");
    assertThat(template.getSpec().getImagePullSecrets())
        .containsExactly(new LocalObjectReference("registry"));
    assertThat(template.getSpec().getVolumes())
        .extracting(Volume::getName)
        .containsExactly("tmp", "more");
    assertThat(template.getSpec().getContainers().getFirst().getVolumeMounts())
        .extracting(VolumeMount::getMountPath)
        .containsExactly("/tmp", "/more");
    var service = rendered.one(Service.class, "okchat-operator").getSpec();
    assertThat(service.getIpFamilyPolicy()).isEqualTo("PreferDualStack");
    assertThat(service.getIpFamilies()).containsExactly("IPv6", "IPv4");
  }

  @Test
  void eachShardHasALeaseOfItsOwn() {
    // When
    var north = render("{shard: north}");

    // Then
    assertThat(operator(north)).containsEntry("SHARD", "north");
    assertThat(leases(north)).containsExactly("okchat-operator-north");
    assertThat(leases(render("{}"))).containsExactly("okchat-operator");
  }

  @Test
  void namespacedInstallHasNoClusterScopedObject() {
    // When
    var rendered = render("{scope: namespaced, crds: {install: false}}");

    // Then
    assertThat(rendered.objects())
        .allSatisfy(object -> assertThat(object.getMetadata().getNamespace()).isNotNull());
    assertThat(operator(rendered)).containsEntry("WATCH_NAMESPACES", ValuesRow.NAMESPACE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keepsCrdsOnUninstallUnlessConfigured(boolean keep) {
    // When
    var crds = render("crds: {keep: %s}".formatted(keep)).all(CustomResourceDefinition.class);

    // Then
    assertThat(crds)
        .hasSize(4)
        .allSatisfy(
            crd ->
                assertThat(annotations(crd))
                    .isEqualTo(keep ? Map.of("helm.sh/resource-policy", "keep") : Map.of()));
  }

  @Test
  void dashboardIsOneJsonObjectWithPanels() throws IOException {
    // Given
    var configMap = render("dashboard: {enabled: true}").one(ConfigMap.class, "-dashboard");

    // When
    var dashboard = new ObjectMapper().readTree(configMap.getData().get("okchat-operator.json"));

    // Then
    assertThat(dashboard.path("uid").asText()).isEqualTo("okchat-operator");
    assertThat(dashboard.path("panels")).isNotEmpty();
  }

  private static RenderedChart render(String values) {
    return Chart.OURS.render(ValuesRow.RELEASE, ValuesRow.NAMESPACE, values);
  }

  /** The environment of the operator's container; what comes from elsewhere has no value. */
  private static List<String> leases(RenderedChart chart) {
    return chart.all(Role.class).stream()
        .flatMap(role -> role.getRules().stream())
        .filter(rule -> rule.getResources().contains("leases"))
        .flatMap(rule -> rule.getResourceNames().stream())
        .toList();
  }

  private static Map<String, String> operator(RenderedChart rendered) {
    var containers =
        rendered
            .one(Deployment.class, "okchat-operator")
            .getSpec()
            .getTemplate()
            .getSpec()
            .getContainers();
    assertThat(containers).hasSize(1);
    List<EnvVar> environment = containers.getFirst().getEnv();
    return environment.stream()
        .collect(
            Collectors.toMap(
                EnvVar::getName,
                variable -> variable.getValue() == null ? "" : variable.getValue()));
  }

  private static Map<String, String> annotations(HasMetadata object) {
    var annotations = object.getMetadata().getAnnotations();
    return annotations == null ? Map.of() : annotations;
  }
}
