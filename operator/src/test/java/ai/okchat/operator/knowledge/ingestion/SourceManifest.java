package ai.okchat.operator.knowledge.ingestion;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.api.v1alpha1.KnowledgeSourceSpec;
import ai.okchat.api.v1alpha1.KnowledgeSourceStatus;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** KnowledgeSources as the API server returns them, with the defaults of the CRD. */
public final class SourceManifest {

  public static final String UID = "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d";
  public static final long GENERATION = 3;

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, Object> DEFAULTS =
      Map.of(
          "chatbotRef",
          Map.of("name", "support"),
          "refreshInterval",
          "1h",
          "prune",
          true,
          "pruneLimitPercent",
          50,
          "deletionPolicy",
          "Delete",
          "suspend",
          false);

  private SourceManifest() {}

  /**
   * A KnowledgeSource named {@code team/docs}.
   *
   * @param spec YAML, in addition to the defaults
   */
  public static KnowledgeSource source(String spec) {
    var source = new KnowledgeSource();
    source.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("team")
            .withName("docs")
            .withUid(UID)
            .withGeneration(GENERATION)
            .withResourceVersion("100")
            .build());
    source.setSpec(parsed(DEFAULTS, spec, KnowledgeSourceSpec.class));
    return source;
  }

  public static KnowledgeSource annotated(KnowledgeSource source, Map<String, String> annotations) {
    source.getMetadata().setAnnotations(annotations);
    return source;
  }

  /**
   * The same object with this status.
   *
   * @param status YAML
   */
  public static KnowledgeSource withStatus(KnowledgeSource source, String status) {
    source.setStatus(parsed(Map.of(), status, KnowledgeSourceStatus.class));
    return source;
  }

  @SuppressWarnings("unchecked")
  private static <T> T parsed(Map<String, Object> defaults, String yaml, Class<T> type) {
    var fields = new HashMap<>(defaults);
    if (!yaml.isBlank()) {
      fields.putAll((Map<String, Object>) Serialization.unmarshal("---\n" + yaml, Map.class));
    }
    try {
      return JSON.treeToValue(JSON.valueToTree(fields), type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
