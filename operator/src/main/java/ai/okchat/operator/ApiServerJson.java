package ai.okchat.operator;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.api.v1alpha1.ClusterChatbotBackend;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;

/**
 * How objects of the API server are read. Each event of a watch is one, so what is not needed is
 * not built: see docs/performance.md.
 */
public final class ApiServerJson {

  private ApiServerJson() {}

  /** For one client. */
  public static KubernetesSerialization create() {
    var mapper = new ObjectMapper().addMixIn(ObjectMeta.class, WithoutManagedFields.class);
    var json = new KubernetesSerialization(mapper, true);
    // A kind that is not known is read as a map first, and that into the object.
    List.of(Chatbot.class, KnowledgeSource.class, ChatbotBackend.class, ClusterChatbotBackend.class)
        .forEach(json::registerKubernetesResource);
    return json;
  }

  /** Half of an object that several write to; nobody here asks who wrote what. */
  @JsonIgnoreProperties("managedFields")
  private interface WithoutManagedFields {}
}
