package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.BackendObject;
import ai.okchat.api.v1alpha1.BackendSpec;
import ai.okchat.api.v1alpha1.ChatbotBackendSpec;
import ai.okchat.api.v1alpha1.ClusterChatbotBackendSpec;
import ai.okchat.api.v1alpha1.KeyRef;
import ai.okchat.api.v1alpha1.NamespacedKeyRef;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.Optional;

/**
 * The Secret and the ConfigMap that a backend object names. A ChatbotBackend can only name objects
 * of its own namespace: its references have no namespace.
 */
record BackendRefs(NamespacedKeyRef apiKey, Optional<NamespacedKeyRef> caBundle) {

  static BackendRefs of(BackendObject backend) {
    BackendSpec spec = backend.getSpec();
    return switch (spec) {
      case ChatbotBackendSpec own -> ofNamespace(own, backend.getMetadata().getNamespace());
      case ClusterChatbotBackendSpec shared ->
          new BackendRefs(
              shared.apiKeySecretRef(),
              Optional.ofNullable(shared.caBundle()).map(bundle -> bundle.configMapRef()));
    };
  }

  static List<ResourceID> secrets(BackendObject backend) {
    return List.of(id(of(backend).apiKey()));
  }

  static List<ResourceID> configMaps(BackendObject backend) {
    return of(backend).caBundle().map(BackendRefs::id).stream().toList();
  }

  /** Returns the name for a message, with the namespace if the backend is cluster-scoped. */
  static String words(BackendObject backend, NamespacedKeyRef ref) {
    return backend.getMetadata().getNamespace() == null
        ? "%s in the namespace %s".formatted(ref.name(), ref.namespace())
        : ref.name();
  }

  private static BackendRefs ofNamespace(ChatbotBackendSpec spec, String namespace) {
    return new BackendRefs(
        in(namespace, spec.apiKeySecretRef()),
        Optional.ofNullable(spec.caBundle()).map(bundle -> in(namespace, bundle.configMapRef())));
  }

  private static NamespacedKeyRef in(String namespace, KeyRef ref) {
    return new NamespacedKeyRef(namespace, ref.name(), ref.key());
  }

  private static ResourceID id(NamespacedKeyRef ref) {
    return new ResourceID(ref.name(), ref.namespace());
  }
}
