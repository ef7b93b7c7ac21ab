package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.AllowedNamespaces;
import ai.okchat.api.v1alpha1.BackendObject;
import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.api.v1alpha1.ClusterChatbotBackend;
import ai.okchat.operator.kubernetes.LabelSelectors;
import ai.okchat.operator.status.Failure;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The namespace from which a backend is named. It may use the backends of the same namespace, and
 * the ClusterChatbotBackends that allow it; every other one is denied. Pure.
 *
 * @param labels null if the namespace was not observed yet: then no selector matches it
 */
public record NamespaceAccess(String namespace, @Nullable Map<String, String> labels) {

  public NamespaceAccess {
    labels = labels == null ? null : Map.copyOf(labels);
  }

  public static NamespaceAccess of(String name, Optional<Namespace> observed) {
    return new NamespaceAccess(name, observed.map(NamespaceAccess::labels).orElse(null));
  }

  /** Returns whether a change of a namespace can grant or revoke access. */
  public static boolean isRelevant(Namespace now, Namespace before) {
    return !labels(now).equals(labels(before));
  }

  boolean mayUse(BackendObject backend) {
    return switch (backend) {
      case ChatbotBackend own -> own.getMetadata().getNamespace().equals(namespace);
      case ClusterChatbotBackend shared -> isAmong(shared.getSpec().allowedNamespaces());
    };
  }

  /**
   * Returns the same message whether the backend exists or not: a user who may not use it learns
   * nothing about it.
   */
  Failure denied(BackendKey backend) {
    return Failure.referenceNotPermitted(
        "The %s does not exist or does not allow the namespace %s. Ask the administrator of the cluster to add the namespace to its spec.allowedNamespaces, or name a ChatbotBackend of this namespace in spec.backendRef."
            .formatted(backend, namespace));
  }

  /** Hides why a ClusterChatbotBackend fails: only its administrators may read that. */
  Failure unusable(BackendKey backend, Failure why) {
    return new Failure(
        why.ready(),
        why.reason(),
        "The %s is not Ready. Ask the administrator of the cluster, who sees its conditions."
            .formatted(backend),
        why.stalled(),
        why.next());
  }

  private boolean isAmong(@Nullable AllowedNamespaces allowed) {
    return allowed != null
        && (allowed.names().contains(namespace)
            || (allowed.selector() != null
                && labels != null
                && LabelSelectors.matches(allowed.selector(), labels)));
  }

  private static Map<String, String> labels(Namespace namespace) {
    return Objects.requireNonNullElse(namespace.getMetadata().getLabels(), Map.of());
  }
}
