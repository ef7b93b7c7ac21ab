package ai.okchat.localcluster;

import java.util.Base64;

/** Builds the text of a kubeconfig with one cluster and its administrator. */
final class Kubeconfig {

  private Kubeconfig() {}

  static String yaml(String url, byte[] certificates, String token) {
    return """
    apiVersion: v1
    kind: Config
    clusters:
    - name: local-cluster
      cluster:
        server: %s
        certificate-authority-data: %s
    users:
    - name: admin
      user:
        token: %s
    contexts:
    - name: local-cluster
      context:
        cluster: local-cluster
        user: admin
    current-context: local-cluster
    """
        .formatted(url, Base64.getEncoder().encodeToString(certificates), token);
  }
}
