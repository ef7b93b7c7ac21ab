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
 * Which Secret and which ConfigMap a backend object names. One of a namespace can only name those
 * beside it: its references have no namespace of their own.
 */
record BackendLinks(NamespacedKeyRef apiKey, Optional<NamespacedKeyRef> caBundle) {

  static BackendLinks of(BackendObject backend) {
    BackendSpec spec = backend.getSpec();
    return switch (spec) {
      case ChatbotBackendSpec own -> ofNamespace(own, backend.getMetadata().getNamespace());
      case ClusterChatbotBackendSpec shared ->
          new BackendLinks(
              shared.apiKeySecretRef(),
              Optional.ofNullable(shared.caBundle()).map(it -> it.configMapRef()));
    };
  }

  static List<ResourceID> secrets(BackendObject backend) {
    return List.of(id(of(backend).apiKey()));
  }

  static List<ResourceID> configMaps(BackendObject backend) {
    return of(backend).caBundle().map(BackendLinks::id).stream().toList();
  }

  /** As a message says it: where an object has no namespace, what it names has to have one. */
  static String words(BackendObject backend, NamespacedKeyRef ref) {
    return backend.getMetadata().getNamespace() == null
        ? "%s in the namespace %s".formatted(ref.name(), ref.namespace())
        : ref.name();
  }

  private static BackendLinks ofNamespace(ChatbotBackendSpec spec, String namespace) {
    return new BackendLinks(
        in(namespace, spec.apiKeySecretRef()),
        Optional.ofNullable(spec.caBundle()).map(it -> in(namespace, it.configMapRef())));
  }

  private static NamespacedKeyRef in(String namespace, KeyRef ref) {
    return new NamespacedKeyRef(namespace, ref.name(), ref.key());
  }

  private static ResourceID id(NamespacedKeyRef ref) {
    return new ResourceID(ref.name(), ref.namespace());
  }
}
