package ai.okchat.operator;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.api.v1alpha1.ClusterChatbotBackend;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How objects of the API server are read. Each event of a watch is one, so what is not needed is
 * not built: see docs/performance.md.
 */
public final class ApiServerJson {

  private ApiServerJson() {}

  /** For one client. */
  public static KubernetesSerialization create() {
    var mapper =
        new ObjectMapper()
            .addMixIn(ObjectMeta.class, WithoutManagedFields.class)
            .addMixIn(Condition.class, SharedWords.class)
            .addMixIn(DefaultKubernetesResourceList.class, NeverWithoutItems.class);
    var json = new KubernetesSerialization(mapper, true);
    // A kind that is not known is read as a map first, and that into the object.
    List.of(Chatbot.class, KnowledgeSource.class, ChatbotBackend.class, ClusterChatbotBackend.class)
        .forEach(json::registerKubernetesResource);
    json.registerKubernetesResource(
        "meta.k8s.io/v1", "PartialObjectMetadata", GenericKubernetesResource.class);
    return json;
  }

  /** Half of an object that several write to; nobody here asks who wrote what. */
  @JsonIgnoreProperties("managedFields")
  interface WithoutManagedFields {}

  /** Of metadata only, the API server sends an empty list as null. */
  interface NeverWithoutItems {
    @JsonSetter(nulls = Nulls.AS_EMPTY)
    void setItems(List<HasMetadata> items);
  }

  /** Thousands of objects say the same; the words are in memory once. */
  interface SharedWords {
    @JsonDeserialize(using = Shared.class)
    void setType(String type);

    @JsonDeserialize(using = Shared.class)
    void setStatus(String status);

    @JsonDeserialize(using = Shared.class)
    void setReason(String reason);

    @JsonDeserialize(using = Shared.class)
    void setMessage(String message);

    @JsonDeserialize(using = Shared.class)
    void setLastTransitionTime(String time);
  }

  private static final class Shared extends StdScalarDeserializer<String> {

    private Shared() {
      super(String.class);
    }

    @Override
    public @Nullable String deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      var text = json.getValueAsString();
      return text == null ? null : text.intern();
    }
  }
}
