package ai.okchat.operator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.api.v1alpha1.ClusterChatbotBackend;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java types can represent each manifest that the API server accepts. */
class ValidManifestsTest {
  private static final Map<String, Class<?>> TYPES =
      Map.of(
          "Chatbot", Chatbot.class,
          "KnowledgeSource", KnowledgeSource.class,
          "ChatbotBackend", ChatbotBackend.class,
          "ClusterChatbotBackend", ClusterChatbotBackend.class);

  static Stream<ValidationManifest> valid() {
    return ValidationManifest.valid();
  }

  @ParameterizedTest
  @MethodSource("valid")
  void roundTripsValidManifest(ValidationManifest manifest) {
    // Given
    var type = Objects.requireNonNull(TYPES.get(manifest.judged().getKind()));

    // When
    var object = Serialization.unmarshal(Serialization.asYaml(manifest.judged()), type);

    // Then
    var written =
        Serialization.unmarshal(Serialization.asYaml(object), GenericKubernetesResource.class);
    assertThat(Leaves.of(written)).as("%s", manifest).containsAll(Leaves.of(manifest.judged()));
  }
}
