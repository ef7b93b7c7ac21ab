package ai.okchat.operator.kubernetes;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.api.v1alpha1.ClusterChatbotBackend;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.module.SimpleModule;
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
import java.util.Objects;
import java.util.WeakHashMap;

/**
 * Creates the JSON mapper that reads objects of the API server. Each event of a watch carries an
 * object, so the mapper omits fields that the operator does not need: see
 * examples/benchmark/NOTES.md.
 */
public final class KubernetesJson {

  private KubernetesJson() {}

  /** Creates the serialization of one client. */
  public static KubernetesSerialization create() {
    var mapper =
        SpecTexts.omittedBy(new ObjectMapper())
            .addMixIn(ObjectMeta.class, Lean.class)
            .addMixIn(Condition.class, Shared.class)
            .addMixIn(DefaultKubernetesResourceList.class, NeverWithoutItems.class)
            .registerModule(new SimpleModule().addDeserializer(String.class, new SharedTexts()));
    var json = new KubernetesSerialization(mapper, true);
    // An unregistered kind is read as a map first, and then converted to the object.
    List.of(Chatbot.class, KnowledgeSource.class, ChatbotBackend.class, ClusterChatbotBackend.class)
        .forEach(json::registerKubernetesResource);
    json.registerKubernetesResource(
        "meta.k8s.io/v1", "PartialObjectMetadata", GenericKubernetesResource.class);
    return json;
  }

  /** Prefix of the keys that the operator reads. */
  private static final String OWN = "okchat.ai/";

  /** Maximum characters of the labels, and of the finalizers, of one object. */
  static final int MOST_CHARACTERS = 4 * 1024;

  /**
   * Omits what the operator does not read and other clients may make long: managed fields, half of
   * an object with several managers, owner references, and annotations. The collections that remain
   * are compact: immutable copies need a third of the memory.
   */
  @JsonIgnoreProperties(
      value = {"managedFields", "ownerReferences"},
      allowGetters = true)
  interface Lean {
    @JsonDeserialize(converter = OwnAnnotations.class)
    void setAnnotations(Map<String, String> annotations);

    @JsonDeserialize(converter = ShortLabels.class)
    void setLabels(Map<String, String> labels);

    @JsonDeserialize(converter = ShortFinalizers.class)
    void setFinalizers(List<String> finalizers);
  }

  /**
   * Reads a null list as empty: without items, the API server sends null in a metadata-only list.
   */
  interface NeverWithoutItems {
    @JsonSetter(nulls = Nulls.AS_EMPTY)
    void setItems(List<HasMetadata> items);
  }

  /** Deduplicates conditions: thousands of objects have an equal one at the same time. */
  @JsonDeserialize(converter = OneOfEqual.class)
  interface Shared {}

  /**
   * Returns one instance for equal conditions; the operator never changes a condition that it read.
   */
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

  /**
   * Omits annotations of other clients: the one of {@code kubectl apply} contains the whole object
   * again.
   */
  static final class OwnAnnotations extends StdConverter<Map<String, String>, Map<String, String>> {
    @Override
    public Map<String, String> convert(Map<String, String> annotations) {
      annotations.keySet().removeIf(key -> !key.startsWith(OWN));
      annotations.values().removeIf(Objects::isNull);
      return Map.copyOf(annotations);
    }
  }

  /** Omits labels of other clients if all together are too long; selectors do not match then. */
  static final class ShortLabels extends StdConverter<Map<String, String>, Map<String, String>> {
    @Override
    public Map<String, String> convert(Map<String, String> labels) {
      labels.values().removeIf(Objects::isNull);
      var characters =
          labels.entrySet().stream()
              .mapToLong(label -> label.getKey().length() + label.getValue().length())
              .sum();
      if (characters > MOST_CHARACTERS) {
        labels.keySet().removeIf(key -> !key.startsWith(OWN));
      }
      return Map.copyOf(labels);
    }
  }

  /** Omits finalizers of other controllers if all together are too long. */
  static final class ShortFinalizers extends StdConverter<List<String>, List<String>> {
    @Override
    public List<String> convert(List<String> finalizers) {
      finalizers.removeIf(Objects::isNull);
      var characters = finalizers.stream().mapToLong(String::length).sum();
      if (characters > MOST_CHARACTERS) {
        finalizers.removeIf(finalizer -> !finalizer.startsWith(OWN));
      }
      return List.copyOf(finalizers);
    }
  }
}
