package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.BackendRef;
import ai.okchat.api.v1alpha1.BackendRef.Kind;
import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotBackend;

/** Which backend object is meant. */
public record BackendKey(Kind kind, String namespace, String name) {

  /** The backend that a Chatbot refers to, by its spec or by default. */
  public static BackendKey of(Chatbot chatbot) {
    var named = chatbot.getSpec().backendRef();
    var ref = named == null ? BackendRef.DEFAULT : named;
    return new BackendKey(ref.kind(), chatbot.getMetadata().getNamespace(), ref.name());
  }

  public static BackendKey of(ChatbotBackend backend) {
    return new BackendKey(
        Kind.CHATBOT_BACKEND,
        backend.getMetadata().getNamespace(),
        backend.getMetadata().getName());
  }

  @Override
  public String toString() {
    return kind == Kind.CHATBOT_BACKEND
        ? "ChatbotBackend %s/%s".formatted(namespace, name)
        : "ClusterChatbotBackend " + name;
  }
}
