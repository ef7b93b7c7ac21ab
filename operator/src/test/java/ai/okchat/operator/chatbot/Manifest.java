package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotSpec;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Chatbots as the API server hands them out: an identity given, defaults filled in. */
final class Manifest {
  static final String NAMESPACE = "team-a";
  static final String NAME = "support";
  static final String UID = "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d";
  static final String DERIVED_SLUG = "team-a-support-0a1b2c3d";
  static final long GENERATION = 3;

  // Reads JSON as the client reads responses: numbers keep their digits.
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private static final String DEFAULTS =
      """
      {"name": "Support", "prompt": "Be brief.", "driftPolicy": "Enforce", "adoption": "Never",
       "deletionPolicy": "Delete", "suspend": false}
      """;

  private Manifest() {}

  /**
   * A Chatbot named {@code team-a/support}.
   *
   * @param spec YAML; name and prompt may be left out
   */
  static Chatbot chatbot(String spec) {
    var chatbot = new Chatbot();
    chatbot.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(NAMESPACE)
            .withName(NAME)
            .withUid(UID)
            .withGeneration(GENERATION)
            .withResourceVersion("100")
            .withCreationTimestamp("2026-03-01T07:00:00Z")
            .build());
    chatbot.setSpec(spec(spec));
    return chatbot;
  }

  static ChatbotSpec spec(String yaml) {
    ObjectNode spec = json(DEFAULTS);
    var written = yaml.isBlank() ? Map.of() : Serialization.unmarshal("---\n" + yaml, Map.class);
    if (written.containsKey("promptFrom")) {
      spec.remove("prompt");
    }
    spec.setAll(JSON.<ObjectNode>valueToTree(written));
    try {
      return JSON.treeToValue(spec, ChatbotSpec.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Chatbot annotated(Chatbot chatbot, Map<String, String> annotations) {
    chatbot.getMetadata().setAnnotations(annotations);
    return chatbot;
  }

  static Chatbot withStatus(Chatbot chatbot, ChatbotStatus status) {
    chatbot.setStatus(status);
    return chatbot;
  }

  /** The status of an object whose bot is known, and of which nothing else is. */
  static ChatbotStatus recorded(String id) {
    return new ChatbotStatus(
        GENERATION, List.of(), id, null, null, null, null, null, null, null, null, List.of());
  }

  static ObjectNode json(String text) {
    try {
      return (ObjectNode) JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
