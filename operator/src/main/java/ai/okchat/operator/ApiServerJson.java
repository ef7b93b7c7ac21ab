package ai.okchat.operator;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.api.v1alpha1.ClusterChatbotBackend;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.kubernetes.SpecTexts;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.util.StdConverter;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * How objects of the API server are read. Each event of a watch is one, so what is not needed is
 * not built: see docs/performance.md.
 */
public final class ApiServerJson {

  private ApiServerJson() {}

  /** For one client. */
  public static KubernetesSerialization create() {
    var mapper =
        SpecTexts.omittedBy(new ObjectMapper())
            .addMixIn(ObjectMeta.class, Lean.class)
            .addMixIn(Condition.class, Shared.class)
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
  interface Lean {
    @JsonDeserialize(converter = WithoutLastApplied.class)
    void setAnnotations(Map<String, String> annotations);
  }

  /** Of metadata only, the API server sends an empty list as null. */
  interface NeverWithoutItems {
    @JsonSetter(nulls = Nulls.AS_EMPTY)
    void setItems(List<HasMetadata> items);
  }

  /** Thousands of objects say the same at the same time; it is in memory once. */
  @JsonDeserialize(converter = OneOfEqual.class)
  interface Shared {}

  /** Nothing here changes a condition that it was given, so equal ones can be one. */
  static final class OneOfEqual extends StdConverter<Condition, Condition> {

    private final Map<Condition, WeakReference<Condition>> known = new WeakHashMap<>();

    @Override
    public synchronized Condition convert(Condition read) {
      var equal = known.get(read);
      var kept = equal == null ? null : equal.get();
      if (kept != null) {
        return kept;
      }
      if (read.getAdditionalProperties().isEmpty()) {
        read.setAdditionalProperties(Map.of());
      }
      known.put(read, new WeakReference<>(read));
      return read;
    }
  }

  /** What {@code kubectl apply} leaves there is the whole object again. */
  static final class WithoutLastApplied
      extends StdConverter<Map<String, String>, Map<String, String>> {
    @Override
    public Map<String, String> convert(Map<String, String> annotations) {
      annotations.remove("kubectl.kubernetes.io/last-applied-configuration");
      return annotations;
    }
  }
}
