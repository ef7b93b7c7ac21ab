package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.AllowedNamespaces;
import ai.okchat.api.v1alpha1.BackendObject;
import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.api.v1alpha1.ClusterChatbotBackend;
import ai.okchat.operator.status.Failure;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The namespace that a backend is named from. It may use the backends beside it, and those that
 * serve many if they say so; everything else is denied. Pure.
 *
 * @param labels null if the namespace was not observed yet: then no selector matches it
 */
public record Tenant(String namespace, @Nullable Map<String, String> labels) {

  public Tenant {
    labels = labels == null ? null : Map.copyOf(labels);
  }

  public static Tenant of(String name, Optional<Namespace> observed) {
    return new Tenant(name, observed.map(Tenant::labels).orElse(null));
  }

  /** Whether a change of a namespace can give or take a permission. */
  public static boolean isNews(Namespace now, Namespace before) {
    return !labels(now).equals(labels(before));
  }

  boolean mayUse(BackendObject backend) {
    return switch (backend) {
      case ChatbotBackend own -> own.getMetadata().getNamespace().equals(namespace);
      case ClusterChatbotBackend shared -> isAmong(shared.getSpec().allowedNamespaces());
    };
  }

  /** The same words whether it exists or not: who may not use it learns nothing of it. */
  Failure denied(BackendKey backend) {
    return Failure.referenceNotPermitted(
        "The %s does not exist or does not allow the namespace %s. Whoever runs the cluster can add the namespace to its spec.allowedNamespaces; or name a ChatbotBackend of this namespace in spec.backendRef."
            .formatted(backend, namespace));
  }

  /** What is wrong with a backend that serves many is for those to read who run it. */
  Failure unusable(BackendKey backend, Failure why) {
    return new Failure(
        why.ready(),
        why.reason(),
        "The %s can not be used at present; its own conditions say why. Ask whoever runs the cluster."
            .formatted(backend),
        why.stalled(),
        why.next());
  }

  private boolean isAmong(@Nullable AllowedNamespaces allowed) {
    return allowed != null
        && (allowed.names().contains(namespace)
            || (allowed.selector() != null
                && labels != null
                && LabelMatch.matches(allowed.selector(), labels)));
  }

  private static Map<String, String> labels(Namespace namespace) {
    return Objects.requireNonNullElse(namespace.getMetadata().getLabels(), Map.of());
  }
}
