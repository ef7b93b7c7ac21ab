package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.BackendObject;
import ai.okchat.api.v1alpha1.NamespacedKeyRef;
import ai.okchat.client.ApiKey;
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
 * Reads the objects that a backend object names: the key in its Secret, the CA in its ConfigMap.
 * They are read when needed and never kept in an informer.
 */
final class BackendReferences {

  /** The values, or the failure if a value is missing. */
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
    var url = HttpUrl.parse(backend.getSpec().url());
    if (url == null) {
      return new Outcome.Missing(
          Failure.stalled(
              Reason.SpecRejected,
              "spec.url has no valid host or port. Write a URL such as https://v2.okchat.ai."));
    }
    var host = url.host();
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
                    + " ServiceAccount 'get' in %s.".formatted(namespaceText(backend))));
      }
      throw e;
    }
  }

  private Outcome read(BackendObject backend) {
    var links = BackendRefs.of(backend);
    var keyRef = links.apiKey();
    var secretName = BackendRefs.words(backend, keyRef);
    var secret = kubernetes.secrets().inNamespace(keyRef.namespace()).withName(keyRef.name()).get();
    if (secret == null) {
      return missing(
          "The Secret %s does not exist. Create it with the API key under %s.",
          secretName, keyRef.key());
    }
    var encoded = valueOf(secret.getData(), keyRef.key());
    if (encoded == null || encoded.isEmpty()) {
      return missing(
          "The Secret %s has no value under %s. Put the API key there.", secretName, keyRef.key());
    }
    var key = decodeKey(encoded);
    if (key.isEmpty()) {
      return missing(
          "The value under %2$s in the Secret %1$s is not an API key: it is blank or contains"
              + " control characters.",
          secretName, keyRef.key());
    }
    return links
        .caBundle()
        .map(ref -> withCaBundle(backend, ref, key.get()))
        .orElseGet(() -> new Outcome.Found(key.get(), Optional.empty()));
  }

  private Outcome withCaBundle(BackendObject backend, NamespacedKeyRef ref, ApiKey key) {
    var configMap = kubernetes.configMaps().inNamespace(ref.namespace()).withName(ref.name()).get();
    var pem = configMap == null ? null : valueOf(configMap.getData(), ref.key());
    return pem == null
        ? missing(
            "The ConfigMap %s with the CA certificates under %s does not exist. Create it.",
            BackendRefs.words(backend, ref), ref.key())
        : new Outcome.Found(key, Optional.of(pem));
  }

  private static String namespaceText(BackendObject backend) {
    return backend.getMetadata().getNamespace() == null
        ? "the namespaces that the references name"
        : "this namespace";
  }

  /** Strips whitespace: keys are often stored with the newline of an editor or of `echo`. */
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
