package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.operator.okchat.ApiKey;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a ChatbotBackend names: the key in its Secret, the CA in its ConfigMap. Read when
 * needed, never kept in an informer.
 */
final class BackendReferences {

  /** Either the values or why there are none. */
  sealed interface Outcome {

    record Found(ApiKey apiKey, Optional<String> caBundle) implements Outcome {}

    record Missing(Failure failure) implements Outcome {}
  }

  private final KubernetesClient kubernetes;
  private final Set<String> allowedHosts;

  /**
   * @param allowedHosts hosts that a URL may name; empty: any
   */
  BackendReferences(KubernetesClient kubernetes, Set<String> allowedHosts) {
    this.kubernetes = kubernetes;
    this.allowedHosts = Set.copyOf(allowedHosts);
  }

  Outcome resolve(ChatbotBackend backend) {
    var host = HttpUrl.get(backend.getSpec().url()).host();
    if (!allowedHosts.isEmpty() && !allowedHosts.contains(host)) {
      return new Outcome.Missing(
          Failure.stalled(
              Reason.ReferenceNotPermitted,
              "spec.url names the host %s, which this operator may not call. Use one of BACKEND_HOSTS (%s)."
                  .formatted(host, String.join(", ", allowedHosts.stream().sorted().toList()))));
    }
    try {
      return read(backend);
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
        return new Outcome.Missing(
            Failure.referenceNotPermitted(
                "The operator may not read the Secret or ConfigMap that the spec names. Grant its"
                    + " ServiceAccount 'get' in this namespace."));
      }
      throw e;
    }
  }

  private Outcome read(ChatbotBackend backend) {
    var namespace = backend.getMetadata().getNamespace();
    var keyRef = backend.getSpec().apiKeySecretRef();
    var secret = kubernetes.secrets().inNamespace(namespace).withName(keyRef.name()).get();
    if (secret == null) {
      return missing(
          "The Secret %s does not exist. Create it with the API key under %s.",
          keyRef.name(), keyRef.key());
    }
    var encoded = valueOf(secret.getData(), keyRef.key());
    if (encoded == null || encoded.isEmpty()) {
      return missing(
          "The Secret %s has no value under %s. Put the API key there.",
          keyRef.name(), keyRef.key());
    }
    var key = decodeKey(encoded);
    if (key.isEmpty()) {
      return missing(
          "The value under %2$s in the Secret %1$s is no API key: it is blank or holds control"
              + " characters.",
          keyRef.name(), keyRef.key());
    }
    return withCaBundle(backend, key.get());
  }

  private Outcome withCaBundle(ChatbotBackend backend, ApiKey key) {
    var bundle = backend.getSpec().caBundle();
    if (bundle == null) {
      return new Outcome.Found(key, Optional.empty());
    }
    var ref = bundle.configMapRef();
    var configMap =
        kubernetes
            .configMaps()
            .inNamespace(backend.getMetadata().getNamespace())
            .withName(ref.name())
            .get();
    var pem = configMap == null ? null : valueOf(configMap.getData(), ref.key());
    return pem == null
        ? missing(
            "The ConfigMap %s with the CA certificates under %s does not exist. Create it.",
            ref.name(), ref.key())
        : new Outcome.Found(key, Optional.of(pem));
  }

  /** Keys are often stored with the new line that an editor or `echo` left behind. */
  private static Optional<ApiKey> decodeKey(String encoded) {
    try {
      return Optional.of(
          ApiKey.of(
              new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8).strip()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static @Nullable String valueOf(@Nullable Map<String, String> data, String key) {
    return data == null ? null : data.get(key);
  }

  private static Outcome missing(String format, String name, String key) {
    return new Outcome.Missing(Failure.referenceNotFound(format.formatted(name, key)));
  }
}
