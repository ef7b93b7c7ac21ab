package ai.okchat.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.localcluster.LocalCluster;
import ai.okchat.localcluster.LocalClusterOptions;
import ai.okchat.operator.testing.Chart;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The life of a release, by the helm that users run. Each test has an API server of its own, since
 * it begins with an {@link EarlierChart} installed where its kinds did not exist, and a Chatbot.
 */
class ChartReleaseIT {

  private static final String CHART = Chart.OURS.directory().toString();
  private static final String RELEASE = "okchat-operator";
  private static final String CREATE = "--set=defaultBackend.create=true";

  /**
   * The API server first deletes what is stored of a kind. While it prepares to read that, it tries
   * again by a back-off of its own, which grows to minutes.
   */
  private static final Duration CRD_PATIENCE = Duration.ofMinutes(5);

  private final LocalCluster cluster = LocalCluster.start(LocalClusterOptions.defaults());
  private final KubernetesClient kubernetes =
      new KubernetesClientBuilder()
          .withConfig(Config.fromKubeconfig(cluster.kubeconfigYaml()))
          .build();

  @TempDir private Path directory;
  private String namespace = "";

  @BeforeEach
  void createNamespace() throws IOException {
    namespace =
        kubernetes
            .resource(
                new NamespaceBuilder()
                    .withNewMetadata()
                    .withGenerateName("release-")
                    .endMetadata()
                    .build())
            .create()
            .getMetadata()
            .getName();
    helm("install", RELEASE, EarlierChart.in(directory).toString(), CREATE);
    createChatbot();
  }

  @AfterEach
  void close() {
    kubernetes.close();
    cluster.close();
  }

  @Test
  void installCreatesCrdsAndThenTheDefaultBackend() {
    // Then
    assertThat(image()).endsWith(":" + EarlierChart.VERSION);
    assertThat(knowsSuspend()).isFalse();
    assertThat(backendUrl()).isEqualTo("https://v2.okchat.ai");
  }

  @Test
  void upgradeUpdatesCrdsAndKeepsTheDefaultBackend() {
    // When
    helm("upgrade", RELEASE, CHART, CREATE, "--set=defaultBackend.url=https://new.example.com");

    // Then
    assertThat(image()).endsWith(":0.1.0");
    assertThat(knowsSuspend()).isTrue();
    assertThat(backendUrl()).isEqualTo("https://v2.okchat.ai");
    assertThat(chatbotExists()).isTrue();
  }

  @Test
  void rollbackKeepsEveryChatbot() {
    // Given
    helm("upgrade", RELEASE, CHART, CREATE);

    // When
    helm("rollback", RELEASE, "1");

    // Then
    assertThat(image()).endsWith(":" + EarlierChart.VERSION);
    assertThat(knowsSuspend()).isFalse();
    assertThat(chatbotExists()).isTrue();
  }

  @Test
  void uninstallKeepsOnlyObjectsOfUsers() {
    // When
    helm("uninstall", RELEASE);

    // Then
    assertThat(chatbotExists()).isTrue();
    assertThat(backendUrl()).isEqualTo("https://v2.okchat.ai");
    assertThat(kubernetes.apps().deployments().inNamespace(namespace).list().getItems()).isEmpty();
    assertThat(
            kubernetes
                .rbac()
                .clusterRoles()
                .withLabel("app.kubernetes.io/part-of", "okchat")
                .list()
                .getItems())
        .isEmpty();
  }

  @Test
  void uninstallRemovesCrdsWhenConfigured() {
    // Given
    helm("upgrade", RELEASE, CHART, "--set=crds.keep=false");

    // When
    helm("uninstall", RELEASE);

    // Then
    Awaitility.await("end of the CRDs").atMost(CRD_PATIENCE).until(this::crdsAreGone);
  }

  @Test
  void installAfterUninstallReusesExistingObjects() {
    // Given
    helm("uninstall", RELEASE);

    // When
    helm("install", RELEASE, CHART, CREATE);

    // Then
    assertThat(knowsSuspend()).isTrue();
    assertThat(chatbotExists()).isTrue();
  }

  private void helm(String... arguments) {
    HelmProgram.on(cluster, namespace).run(arguments);
  }

  private String image() {
    return kubernetes
        .apps()
        .deployments()
        .inNamespace(namespace)
        .withName(RELEASE)
        .get()
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .getFirst()
        .getImage();
  }

  private boolean knowsSuspend() {
    var crd =
        kubernetes.resources(CustomResourceDefinition.class).withName("chatbots.okchat.ai").get();
    var schema = crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
    var spec = Objects.requireNonNull(schema.getProperties().get("spec"));
    return spec.getProperties().containsKey("suspend");
  }

  private String backendUrl() {
    var backend =
        kubernetes.resources(ChatbotBackend.class).inNamespace(namespace).withName("default").get();
    return Objects.requireNonNull(backend, "no ChatbotBackend default").getSpec().url();
  }

  /**
   * Returns whether all CRDs are gone. Reads each remaining kind: a read makes the API server
   * prepare its storage, and the removal of the CRD waits for that.
   */
  private boolean crdsAreGone() {
    var left = kubernetes.resources(CustomResourceDefinition.class).list().getItems();
    left.stream().map(CustomResourceDefinitionContext::fromCrd).forEach(this::read);
    return left.isEmpty();
  }

  private void read(CustomResourceDefinitionContext kind) {
    try {
      kubernetes.genericKubernetesResources(kind).inAnyNamespace().list();
    } catch (KubernetesClientException e) {
      // Not prepared yet, or gone by now.
      assertThat(e.getCode()).isIn(404, 429);
    }
  }

  private void createChatbot() {
    kubernetes
        .resource(
            Serialization.unmarshal(
                """
                apiVersion: okchat.ai/v1alpha1
                kind: Chatbot
                metadata: {name: hello, namespace: %s}
                spec: {name: Hello, prompt: You greet people.}
                """
                    .formatted(namespace),
                Chatbot.class))
        .create();
  }

  private boolean chatbotExists() {
    return kubernetes.resources(Chatbot.class).inNamespace(namespace).withName("hello").get()
        != null;
  }
}
