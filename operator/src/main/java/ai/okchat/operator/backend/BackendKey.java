package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.BackendObject;
import ai.okchat.api.v1alpha1.BackendRef;
import ai.okchat.api.v1alpha1.BackendRef.Kind;
import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.api.v1alpha1.ClusterChatbotBackend;
import ai.okchat.api.v1alpha1.RecordedBackend;
import io.javaoperatorsdk.operator.processing.event.ResourceID;

/**
 * Identifies a backend object.
 *
 * @param namespace empty for a ClusterChatbotBackend: it is the same for every namespace
 */
public record BackendKey(Kind kind, String namespace, String name) {

  public BackendKey {
    namespace = kind == Kind.CLUSTER_CHATBOT_BACKEND ? "" : namespace;
  }

  /** Returns the backend that a Chatbot refers to, by its spec or by default. */
  public static BackendKey of(Chatbot chatbot) {
    var named = chatbot.getSpec().backendRef();
    var ref = named == null ? BackendRef.DEFAULT : named;
    return new BackendKey(ref.kind(), chatbot.getMetadata().getNamespace(), ref.name());
  }

  public static BackendKey of(BackendObject backend) {
    return switch (backend) {
      case ChatbotBackend own ->
          new BackendKey(
              Kind.CHATBOT_BACKEND, own.getMetadata().getNamespace(), own.getMetadata().getName());
      case ClusterChatbotBackend shared ->
          new BackendKey(Kind.CLUSTER_CHATBOT_BACKEND, "", shared.getMetadata().getName());
    };
  }

  /** Returns whether objects of several namespaces may share the backend. */
  public boolean isShared() {
    return kind == Kind.CLUSTER_CHATBOT_BACKEND;
  }

  /** Returns whether a recorded backend object has this kind and name. */
  public boolean isNamedBy(RecordedBackend recorded) {
    return kind == recorded.kind() && name.equals(recorded.name());
  }

  /** Returns the ID of the object in informers. */
  public ResourceID resourceId() {
    return isShared() ? new ResourceID(name) : new ResourceID(name, namespace);
  }

  @Override
  public String toString() {
    return isShared()
        ? "ClusterChatbotBackend " + name
        : "ChatbotBackend " + namespace + "/" + name;
  }
}
