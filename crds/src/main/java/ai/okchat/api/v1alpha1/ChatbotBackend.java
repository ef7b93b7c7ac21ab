package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** The address and API key of an account, for the Chatbots in the namespace of the object. */
@Group("okchat.ai")
@Version("v1alpha1")
@Singular("chatbotbackend")
@Plural("chatbotbackends")
@ShortNames("cbb")
@Categories("okchat")
@JsonClassDescription(
    """
    ChatbotBackend is the address and API key of one OkChat account, for the Chatbots in its \
    namespace. A Chatbot without backendRef uses the ChatbotBackend named default. Example:

        apiVersion: okchat.ai/v1alpha1
        kind: ChatbotBackend
        metadata:
          name: default
        spec:
          apiKeySecretRef:
            name: okchat
            key: api-key\
    """)
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "URL", jsonPath = ".spec.url")
@AdditionalPrinterColumn(
    name = "Chatbots",
    jsonPath = ".status.chatbots",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
    name = "Message",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
    priority = 1)
public final class ChatbotBackend extends CustomResource<ChatbotBackendSpec, ChatbotBackendStatus>
    implements Namespaced, BackendObject {

  @Override
  public ChatbotBackend only(ObjectMeta metadata, @Nullable ChatbotBackendStatus status) {
    var fresh = new ChatbotBackend();
    fresh.setMetadata(metadata);
    fresh.setStatus(status);
    return fresh;
  }
}
