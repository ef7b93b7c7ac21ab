package ai.okchat.operator.validation;

import ai.okchat.operator.testing.SharedCluster;
import io.fabric8.kubernetes.client.KubernetesClient;

/** The API server that the manifests are applied to: the one place to swap it. */
final class ValidationApiServer {
  private ValidationApiServer() {}

  static KubernetesClient client() {
    return SharedCluster.client("validation");
  }
}
