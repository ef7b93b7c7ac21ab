package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.BackendObject;
import ai.okchat.api.v1alpha1.NamespacedKeyRef;
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
 * Reads what a backend object names: the key in its Secret, the CA in its ConfigMap. Read when
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

  Outcome resolve(BackendObject backend) {
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
                    + " ServiceAccount 'get' in %s.".formatted(namespaceWords(backend))));
      }
      throw e;
    }
  }

  private Outcome read(BackendObject backend) {
    var links = BackendLinks.of(backend);
    var keyRef = links.apiKey();
    var words = BackendLinks.words(backend, keyRef);
    var secret = kubernetes.secrets().inNamespace(keyRef.namespace()).withName(keyRef.name()).get();
    if (secret == null) {
      return missing(
          "The Secret %s does not exist. Create it with the API key under %s.",
          words, keyRef.key());
    }
    var encoded = valueOf(secret.getData(), keyRef.key());
    if (encoded == null || encoded.isEmpty()) {
      return missing(
          "The Secret %s has no value under %s. Put the API key there.", words, keyRef.key());
    }
    var key = decodeKey(encoded);
    if (key.isEmpty()) {
      return missing(
          "The value under %2$s in the Secret %1$s is no API key: it is blank or holds control"
              + " characters.",
          words, keyRef.key());
    }
    return links
        .caBundle()
        .map(it -> withCaBundle(backend, it, key.get()))
        .orElseGet(() -> new Outcome.Found(key.get(), Optional.empty()));
  }

  private Outcome withCaBundle(BackendObject backend, NamespacedKeyRef ref, ApiKey key) {
    var configMap = kubernetes.configMaps().inNamespace(ref.namespace()).withName(ref.name()).get();
    var pem = configMap == null ? null : valueOf(configMap.getData(), ref.key());
    return pem == null
        ? missing(
            "The ConfigMap %s with the CA certificates under %s does not exist. Create it.",
            BackendLinks.words(backend, ref), ref.key())
        : new Outcome.Found(key, Optional.of(pem));
  }

  private static String namespaceWords(BackendObject backend) {
    return backend.getMetadata().getNamespace() == null
        ? "the namespaces that the references name"
        : "this namespace";
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
