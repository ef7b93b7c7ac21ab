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

  /** Omits managed fields, half of an object with several managers, and owner references. */
  @JsonIgnoreProperties(
      value = {"managedFields", "ownerReferences"},
      allowGetters = true)
  @JsonDeserialize(converter = LeanMetadata.class)
  interface Lean {
    @JsonSetter(nulls = Nulls.SKIP)
    void setAnnotations(Map<String, String> annotations);

    @JsonSetter(nulls = Nulls.SKIP)
    void setLabels(Map<String, String> labels);

    @JsonSetter(nulls = Nulls.SKIP)
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
   * Omits what the operator does not read and other clients may make long. The collections that
   * remain are compact: immutable copies need a third of the memory.
   */
  static final class LeanMetadata extends StdConverter<ObjectMeta, ObjectMeta> {
    @Override
    public ObjectMeta convert(ObjectMeta read) {
      read.setAnnotations(own(read.getAnnotations()));
      read.setLabels(bounded(read.getLabels()));
      read.setFinalizers(bounded(read.getFinalizers()));
      read.setOwnerReferences(List.of());
      read.setManagedFields(List.of());
      read.setAdditionalProperties(Map.of());
      return read;
    }

    /** The annotation of {@code kubectl apply} contains the whole object again. */
    private static Map<String, String> own(Map<String, String> annotations) {
      annotations.keySet().removeIf(key -> !key.startsWith(OWN));
      annotations.values().removeIf(Objects::isNull);
      return Map.copyOf(annotations);
    }

    /** Omits labels of other clients if all together are too long; selectors do not match then. */
    private static Map<String, String> bounded(Map<String, String> labels) {
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

    /** Omits finalizers of other controllers if all together are too long. */
    private static List<String> bounded(List<String> finalizers) {
      finalizers.removeIf(Objects::isNull);
      var characters = finalizers.stream().mapToLong(String::length).sum();
      if (characters > MOST_CHARACTERS) {
        finalizers.removeIf(finalizer -> !finalizer.startsWith(OWN));
      }
      return List.copyOf(finalizers);
    }
  }
}
