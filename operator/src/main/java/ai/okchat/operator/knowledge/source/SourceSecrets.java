package ai.okchat.operator.knowledge.source;

import ai.okchat.api.v1alpha1.SecretRef;
import ai.okchat.operator.status.Failure;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Secrets that sources name when they are needed, and keeps nothing of them. All values
 * of a Secret may be sent to a server that the author of the source names, so the operator does not
 * read the types of Secrets in which the cluster keeps its own credentials.
 */
final class SourceSecrets {

  private static final String OPAQUE = "Opaque";

  /** In the order of the message. */
  private static final List<String> TYPES =
      List.of(OPAQUE, "kubernetes.io/basic-auth", "kubernetes.io/ssh-auth");

  /** The values without the blank space that editors add, or the reason why there are none. */
  sealed interface Values {

    record Found(Map<String, String> byKey) implements Values {
      @Override
      public String toString() {
        return "Found[" + byKey.keySet() + "]";
      }
    }

    record Missing(Failure failure) implements Values {}
  }

  private final KubernetesClient kubernetes;
  private final Set<String> allowedHosts;

  /**
   * @param allowedHosts hosts that may receive a Secret; empty: any
   */
  SourceSecrets(KubernetesClient kubernetes, Set<String> allowedHosts) {
    this.kubernetes = kubernetes;
    this.allowedHosts = Set.copyOf(allowedHosts);
  }

  /**
   * Reads the values of a Secret.
   *
   * @param ref null if the spec names none; the result then has no values
   * @param field of the spec, for messages
   * @param hosts that receive the values, in lower case
   */
  Values read(String namespace, @Nullable SecretRef ref, String field, Set<String> hosts) {
    if (ref == null) {
      return new Values.Found(Map.of());
    }
    var forbidden =
        hosts.stream().filter(host -> !allowedHosts.contains(host)).sorted().findFirst();
    if (!allowedHosts.isEmpty() && forbidden.isPresent()) {
      return new Values.Missing(
          Failure.referenceNotPermitted(
              "%s would send the Secret %s to the host %s, which this operator does not send Secrets to. Use one of SOURCE_HOSTS (%s), or no Secret."
                  .formatted(
                      field,
                      ref.name(),
                      forbidden.get(),
                      String.join(", ", allowedHosts.stream().sorted().toList()))));
    }
    var secret = kubernetes.secrets().inNamespace(namespace).withName(ref.name()).get();
    if (secret == null || secret.getData() == null || secret.getData().isEmpty()) {
      return new Values.Missing(
          Failure.referenceNotFound(
              "%s names the Secret %s, which does not exist or is empty. Create it, or change the field."
                  .formatted(field, ref.name())));
    }
    var type = Objects.requireNonNullElse(secret.getType(), OPAQUE);
    if (!TYPES.contains(type)) {
      return new Values.Missing(
          Failure.referenceNotPermitted(
              "%s names the Secret %s of type %s, which the operator does not send to a source. Use a Secret of one of the types %s."
                  .formatted(field, ref.name(), type, String.join(", ", TYPES))));
    }
    var byKey = new HashMap<String, String>();
    secret
        .getData()
        .forEach(
            (key, value) ->
                byKey.put(
                    key,
                    new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8).strip()));
    return new Values.Found(byKey);
  }
}
