package ai.okchat.planning;

import static ai.okchat.planning.PlannedBot.json;
import static ai.okchat.planning.PlannedBot.spec;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class ApiMappingTest {
  private static final ObjectNode PUBLISHED =
      json(
          """
          {"voice": "shimmer", "avatar": {"imageUrl": "https://a.example/v.png"},
           "appearance": {"buttonRadius": 32, "buttonColor": "#000000"},
           "text": {"callToAction": "Appointment?"},
           "model": {"max_output_tokens": 2048, "temperature": 0.7},
           "vad": {"prefix_padding_ms": 500, "silence_duration_ms": 1000, "threshold": 0.8}}
          """);

  @Test
  void voiceAgentHasTheFieldsOfThePublishedExample() {
    // Given
    var spec =
        spec(
            """
            voiceAgent:
              voice: shimmer
              avatar: {imageUrl: https://a.example/v.png}
              appearance: {buttonRadius: 32, buttonColor: "#000000"}
              text: {callToAction: "Appointment?"}
              model: {maxOutputTokens: 2048, temperature: 0.7}
              vad: {prefixPaddingMs: 500, silenceDurationMs: 1000, threshold: 0.8}
            """);

    // When
    var wire = ApiMapping.voiceAgent(requireNonNull(spec.voiceAgent()));

    // Then
    assertThat(Difference.between(wire, PUBLISHED)).isEmpty();
    assertThat(Difference.between(PUBLISHED, wire)).isEmpty();
  }

  @Test
  void omitsMissingFieldsOfAGroup() {
    // Given
    var spec = spec("voiceAgent: {model: {temperature: 0.2}, vad: {}}");

    // When
    var wire = ApiMapping.voiceAgent(requireNonNull(spec.voiceAgent()));

    // Then
    assertThat(wire).hasToString("{\"model\":{\"temperature\":0.2},\"vad\":{}}");
  }
}
