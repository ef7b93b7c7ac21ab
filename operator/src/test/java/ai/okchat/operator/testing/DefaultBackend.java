package ai.okchat.operator.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.api.v1alpha1.ChatbotBackendSpec;
import ai.okchat.api.v1alpha1.GoDuration;
import ai.okchat.api.v1alpha1.KeyRef;
import ai.okchat.api.v1alpha1.RateLimit;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Base64;
import java.util.Map;

/**
 * The ChatbotBackend {@code default} of a namespace, and its Secret, for tests without a cluster.
 */
public final class DefaultBackend {

  private static final String SECRET = "okchat";
  private static final String KEY = "api-key";

  private DefaultBackend() {}

  /** The backend polls once an hour, and its rate limit is too high to matter. */
  public static ChatbotBackend of(String namespace, String url) {
    var backend = new ChatbotBackend();
    backend.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(namespace)
            .withName("default")
            .withUid("backend-uid")
            .withGeneration(1L)
            .build());
    backend.setSpec(
        new ChatbotBackendSpec(
            url,
            url.startsWith("http:"),
            new KeyRef(SECRET, KEY),
            new GoDuration("1h"),
            new GoDuration("5s"),
            new RateLimit(1_000, 10_000),
            null,
            null));
    return backend;
  }

  /** The Secret that the backend names. */
  public static Secret secret(String namespace, String key) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(SECRET)
        .endMetadata()
        .withData(Map.of(KEY, Base64.getEncoder().encodeToString(key.getBytes(UTF_8))))
        .build();
  }
}
