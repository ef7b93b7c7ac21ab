package ai.okchat.operator.validation;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

/** The API server that the manifests are applied to: the one place to swap it. */
final class ValidationApiServer {
  private ValidationApiServer() {}

  static KubernetesClient client() {
    return new KubernetesClientBuilder().build();
  }
}
