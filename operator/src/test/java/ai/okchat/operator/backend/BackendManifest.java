package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.AllowedNamespaces;
import ai.okchat.api.v1alpha1.CaBundle;
import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.api.v1alpha1.ChatbotBackendSpec;
import ai.okchat.api.v1alpha1.ClusterCaBundle;
import ai.okchat.api.v1alpha1.ClusterChatbotBackend;
import ai.okchat.api.v1alpha1.ClusterChatbotBackendSpec;
import ai.okchat.api.v1alpha1.GoDuration;
import ai.okchat.api.v1alpha1.KeyRef;
import ai.okchat.api.v1alpha1.NamespacedKeyRef;
import ai.okchat.api.v1alpha1.RateLimit;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import org.jspecify.annotations.Nullable;

/** ChatbotBackends as the API server hands them out. */
final class BackendManifest {
  static final String URL = "https://v2.okchat.ai";

  private BackendManifest() {}

  /** The key is in the namespace platform, the CA in the namespace trust. */
  static ClusterChatbotBackend clusterBackend(String name, @Nullable AllowedNamespaces allowed) {
    var backend = new ClusterChatbotBackend();
    backend.setMetadata(
        new ObjectMetaBuilder()
            .withName(name)
            .withUid("uid-of-" + name)
            .withGeneration(1L)
            .withResourceVersion("1")
            .build());
    backend.setSpec(
        new ClusterChatbotBackendSpec(
            URL,
            false,
            new NamespacedKeyRef("platform", "okchat", "api-key"),
            new GoDuration("1h"),
            new GoDuration("20s"),
            new RateLimit(10, 20),
            new ClusterCaBundle(new NamespacedKeyRef("trust", "ca", "ca.crt")),
            allowed,
            null));
    return backend;
  }

  static ChatbotBackend backend(String name) {
    return backend(name, 1, URL, "api-key", null);
  }

  static ChatbotBackend backend(
      String name, long generation, String url, String key, @Nullable CaBundle caBundle) {
    var backend = new ChatbotBackend();
    backend.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("team-a")
            .withName(name)
            .withUid("uid-of-" + name)
            .withGeneration(generation)
            .withResourceVersion("1")
            .build());
    backend.setSpec(
        new ChatbotBackendSpec(
            url,
            false,
            new KeyRef("okchat", key),
            new GoDuration("1h"),
            new GoDuration("20s"),
            new RateLimit(10, 20),
            caBundle,
            null));
    return backend;
  }
}
