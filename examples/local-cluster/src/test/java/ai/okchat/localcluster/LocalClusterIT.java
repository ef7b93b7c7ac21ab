package ai.okchat.localcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ai.okchat.localcluster.AuditEvent.Target;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services of a cluster for the tests that use it: one cluster for most tests, two for some. */
class LocalClusterIT {

  private static LocalCluster cluster;
  private static KubernetesClient client;

  @BeforeAll
  static void startOne() {
    cluster = LocalCluster.start(LocalClusterOptions.defaults().withAuditLog());
    client = clientOf(cluster);
  }

  @AfterAll
  static void closeIt() {
    client.close();
    cluster.close();
  }

  @Test
  void serverSideApplyKeepsWhatAnotherManagerOwns() {
    // Given
    apply(client, configMap("shared", Map.of("a", "1")), "first");

    // When
    apply(client, configMap("shared", Map.of("b", "2")), "second");

    // Then
    assertThat(read(client, "shared")).isEqualTo(Map.of("a", "1", "b", "2"));
  }

  @Test
  void rbacAppliesToAnImpersonatedUser() {
    // Given
    var config = configOf(cluster);
    config.setImpersonateUsername("somebody");
    try (var somebody = new KubernetesClientBuilder().withConfig(config).build()) {

      // When
      var attempt = assertThatThrownBy(() -> somebody.namespaces().list().getItems());

      // Then
      attempt
          .isInstanceOf(KubernetesClientException.class)
          .hasMessageContaining("User \"somebody\" cannot list resource \"namespaces\"");
    }
  }

  @Test
  void dataAndPortSurviveAnOutageOfTheApiServer() {
    // Given
    apply(client, configMap("survivor", Map.of("a", "1")), "test");
    var url = cluster.url();
    try (var openWatch = client.configMaps().inNamespace("default").inform()) {
      assertThat(openWatch.isRunning()).isTrue();

      // When
      cluster.stopApiServer();
    }
    var duringTheOutage = cluster.running();
    cluster.startApiServer();

    // Then
    assertThat(duringTheOutage).containsExactly("etcd");
    assertThat(cluster.url()).isEqualTo(url);
    await().untilAsserted(() -> assertThat(read(client, "survivor")).isEqualTo(Map.of("a", "1")));
  }

  @Test
  void auditLogCountsWritesOfOneUserAgent() {
    // Given
    var config = configOf(cluster);
    config.setUserAgent("audited/1");
    try (var audited = new KubernetesClientBuilder().withConfig(config).build()) {

      // When
      apply(audited, configMap("audited", Map.of("a", "1")), "test");
      read(audited, "audited");
    }

    // Then
    var target = new Target("", "configmaps", "", "default", "audited");
    await()
        .untilAsserted(
            () ->
                assertThat(cluster.auditLog().writesBy("audited/"))
                    .containsExactly(
                        new AuditEvent("audited/1", "local-cluster-admin", "patch", target, 201)));
  }

  @Test
  void metricsCountRequests() {
    // Given
    read(client, "any");

    // When
    var metrics = cluster.metrics();

    // Then
    assertThat(metrics).contains("apiserver_request_total{");
  }

  @Test
  void onlyTheOwnerReadsTheKubeconfig() throws Exception {
    // Given
    var file = cluster.kubeconfig();

    // When
    var permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));

    // Then
    assertThat(permissions).isEqualTo("rw-------");
    assertThat(cluster.kubeconfigYaml()).contains("server: " + cluster.url());
  }

  @Test
  void runsTwoIndependentClusters() {
    // Given
    apply(client, configMap("mine", Map.of("a", "1")), "test");

    // When
    try (var other = LocalCluster.start(LocalClusterOptions.defaults());
        var otherClient = clientOf(other)) {
      var found = otherClient.configMaps().inNamespace("default").withName("mine").get();

      // Then
      assertThat(found).isNull();
      assertThat(List.of(cluster.running(), other.running()))
          .containsOnly(List.of("etcd", "kube-apiserver"));
    }
  }

  @Test
  void closeEndsProcessesAndRemovesFiles(@TempDir Path parent) {
    // Given
    var data = parent.resolve("data");
    var shortLived = LocalCluster.start(LocalClusterOptions.defaults().withDataDirectory(data));

    // When
    shortLived.close();
    shortLived.close();

    // Then
    assertThat(shortLived.running()).isEmpty();
    assertThat(data).doesNotExist();
  }

  @Test
  void reusesDataAndKubeconfigUserOfAKeptDirectory(@TempDir Path parent) {
    // Given
    var options =
        LocalClusterOptions.defaults().withDataDirectory(parent.resolve("data")).withKeep(true);
    try (var first = LocalCluster.start(options);
        var firstClient = clientOf(first)) {
      apply(firstClient, configMap("kept", Map.of("a", "1")), "test");
    }

    // When
    try (var second = LocalCluster.start(options);
        var secondClient = clientOf(second)) {
      var kept = read(secondClient, "kept");

      // Then
      assertThat(kept).isEqualTo(Map.of("a", "1"));
    }
  }

  @Test
  void controllerManagerCompletesNamespaceDeletion() {
    // Given
    var options = LocalClusterOptions.defaults().withControllerManager();
    try (var full = LocalCluster.start(options);
        var fullClient = clientOf(full)) {
      var namespace =
          new NamespaceBuilder().withNewMetadata().withName("short-lived").endMetadata().build();
      fullClient.resource(namespace).create();

      // When
      fullClient.resource(namespace).delete();

      // Then
      await()
          .untilAsserted(
              () -> assertThat(fullClient.namespaces().withName("short-lived").get()).isNull());
    }
  }

  private static KubernetesClient clientOf(LocalCluster of) {
    return new KubernetesClientBuilder().withConfig(configOf(of)).build();
  }

  private static Config configOf(LocalCluster of) {
    return new ConfigBuilder(Config.fromKubeconfig(of.kubeconfigYaml())).build();
  }

  private static ConfigMap configMap(String name, Map<String, String> data) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName(name)
        .endMetadata()
        .withData(data)
        .build();
  }

  private static void apply(KubernetesClient by, ConfigMap configMap, String manager) {
    by.resource(configMap)
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(manager)
                .build());
  }

  private static Map<String, String> read(KubernetesClient by, String name) {
    var found = by.configMaps().inNamespace("default").withName(name).get();
    return found == null ? Map.of() : found.getData();
  }
}
