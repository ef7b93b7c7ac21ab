package ai.okchat.operator.validation;

import ai.okchat.localcluster.LocalCluster;
import ai.okchat.localcluster.LocalClusterOptions;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

/** The API server that the manifests are applied to; it ends with this JVM. */
final class ValidationApiServer {
  private ValidationApiServer() {}

  static KubernetesClient client() {
    var cluster = LocalCluster.start(LocalClusterOptions.defaults());
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(cluster.kubeconfigYaml()))
        .build();
  }
}
