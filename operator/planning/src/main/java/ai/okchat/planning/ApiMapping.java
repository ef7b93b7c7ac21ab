package ai.okchat.planning;

import ai.okchat.api.v1alpha1.ChatWidget;
import ai.okchat.api.v1alpha1.Personality;
import ai.okchat.api.v1alpha1.Snippet;
import ai.okchat.api.v1alpha1.VoiceAgent;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Converts the nested parts of a spec to JSON objects of the API. The field names are equal except
 * in two objects of the voice agent, which the API writes in snake case (okchat-api.md 2.8).
 */
final class ApiMapping {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final Map<String, String> MODEL_NAMES =
      Map.of("maxOutputTokens", "max_output_tokens");
  private static final Map<String, String> VAD_NAMES =
      Map.of(
          "prefixPaddingMs", "prefix_padding_ms",
          "silenceDurationMs", "silence_duration_ms");

  private ApiMapping() {}

  static ObjectNode personality(Personality personality) {
    return MAPPER.valueToTree(personality);
  }

  static ObjectNode snippet(Snippet snippet) {
    return MAPPER.valueToTree(snippet);
  }

  static ObjectNode chatWidget(ChatWidget widget) {
    return MAPPER.valueToTree(widget);
  }

  static ObjectNode voiceAgent(VoiceAgent voice) {
    ObjectNode wire = MAPPER.valueToTree(voice);
    rename(wire, "model", MODEL_NAMES);
    rename(wire, "vad", VAD_NAMES);
    return wire;
  }

  private static void rename(ObjectNode parent, String name, Map<String, String> names) {
    if (parent.get(name) instanceof ObjectNode object) {
      names.forEach(
          (from, to) -> {
            var value = object.remove(from);
            if (value != null) {
              object.set(to, value);
            }
          });
    }
  }
}
