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
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of a release on an API server of its own, by the helm that people use. */
class ChartReleaseIT {

  private static final LocalCluster CLUSTER = LocalCluster.start(LocalClusterOptions.defaults());
  private static final KubernetesClient KUBERNETES =
      new KubernetesClientBuilder()
          .withConfig(Config.fromKubeconfig(CLUSTER.kubeconfigYaml()))
          .build();
  private static final String CHART = Chart.OURS.directory().toString();
  private static final String RELEASE = "okchat-operator";
  private static final String CREATE = "--set=defaultBackend.create=true";

  @TempDir private Path directory;
  private String namespace = "";

  @BeforeEach
  void createNamespace() {
    namespace =
        KUBERNETES
            .resource(
                new NamespaceBuilder()
                    .withNewMetadata()
                    .withGenerateName("release-")
                    .endMetadata()
                    .build())
            .create()
            .getMetadata()
            .getName();
  }

  @AfterAll
  static void close() {
    KUBERNETES.close();
    CLUSTER.close();
  }

  @Test
  void aReleaseIsInstalledUpgradedRolledBackAndUninstalled() throws IOException {
    // Given
    var helm = HelmProgram.on(CLUSTER, namespace);
    var earlier = EarlierChart.in(directory).toString();

    // When it is installed where its kinds do not exist yet
    helm.run("install", RELEASE, earlier, CREATE, "--set=crds.keep=true");

    // Then
    assertThat(image()).endsWith(":" + EarlierChart.VERSION);
    assertThat(knowsSuspend()).isFalse();
    assertThat(backendUrl()).isEqualTo("https://v2.okchat.ai");
    createChatbot();

    // When it is upgraded
    helm.run("upgrade", RELEASE, CHART, CREATE, "--set=defaultBackend.url=https://new.example.com");

    // Then its CRDs went along, and its backend was left alone
    assertThat(image()).endsWith(":0.1.0");
    assertThat(knowsSuspend()).isTrue();
    assertThat(backendUrl()).isEqualTo("https://v2.okchat.ai");

    // When it is rolled back
    helm.run("rollback", RELEASE, "1");

    // Then
    assertThat(image()).endsWith(":" + EarlierChart.VERSION);
    assertThat(knowsSuspend()).isFalse();
    assertThat(chatbotExists()).isTrue();

    // When it is uninstalled
    helm.run("uninstall", RELEASE);

    // Then what people wrote is still there, and nothing else
    assertThat(chatbotExists()).isTrue();
    assertThat(backendUrl()).isNotEmpty();
    assertThat(KUBERNETES.apps().deployments().inNamespace(namespace).withName(RELEASE).get())
        .isNull();
    assertThat(
            KUBERNETES
                .rbac()
                .clusterRoles()
                .withLabel("app.kubernetes.io/part-of", "okchat")
                .list()
                .getItems())
        .isEmpty();

    // When it is installed again
    helm.run("install", RELEASE, CHART, CREATE);

    // Then it goes on with what is there
    assertThat(knowsSuspend()).isTrue();
    assertThat(chatbotExists()).isTrue();
    helm.run("uninstall", RELEASE);
  }

  private String image() {
    return KUBERNETES
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

  private static boolean knowsSuspend() {
    var crd =
        KUBERNETES.resources(CustomResourceDefinition.class).withName("chatbots.okchat.ai").get();
    var schema = crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
    var spec = Objects.requireNonNull(schema.getProperties().get("spec"));
    return spec.getProperties().containsKey("suspend");
  }

  private String backendUrl() {
    var backend =
        KUBERNETES.resources(ChatbotBackend.class).inNamespace(namespace).withName("default").get();
    return Objects.requireNonNull(backend, "no ChatbotBackend default").getSpec().url();
  }

  private void createChatbot() {
    KUBERNETES
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
    return KUBERNETES.resources(Chatbot.class).inNamespace(namespace).withName("hello").get()
        != null;
  }
}
