package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** The address and API key of an account, for the Chatbots in the allowed namespaces. */
@Group("okchat.ai")
@Version("v1alpha1")
@Singular("clusterchatbotbackend")
@Plural("clusterchatbotbackends")
@ShortNames("ccbb")
@Categories("okchat")
@JsonClassDescription(
    """
    ClusterChatbotBackend is the address and API key of one OkChat account, for the Chatbots in \
    the namespaces that it allows. Example:

        apiVersion: okchat.ai/v1alpha1
        kind: ClusterChatbotBackend
        metadata:
          name: shared
        spec:
          apiKeySecretRef:
            namespace: okchat-system
            name: okchat
            key: api-key
          allowedNamespaces:
            names:
            - team-support\
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
public final class ClusterChatbotBackend
    extends CustomResource<ClusterChatbotBackendSpec, ChatbotBackendStatus>
    implements BackendObject {

  @Override
  public ClusterChatbotBackend only(ObjectMeta metadata, @Nullable ChatbotBackendStatus status) {
    var fresh = new ClusterChatbotBackend();
    fresh.setMetadata(metadata);
    fresh.setStatus(status);
    return fresh;
  }
}
