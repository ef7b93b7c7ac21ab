package ai.okchat.operator.chatbot;

import static ai.okchat.operator.chatbot.Manifest.annotated;
import static ai.okchat.operator.chatbot.Manifest.chatbot;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.lifecycle.Pause;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PauseTest {

  @Test
  void isNotPausedByDefault() {
    // When
    var paused =
        pause(
            chatbot(""),
            Optional.of(new NamespaceBuilder().withNewMetadata().endMetadata().build()));

    // Then
    assertThat(paused).isEmpty();
  }

  @Test
  void isPausedBySpec() {
    // When
    var paused = pause(chatbot("suspend: true"), Optional.empty());

    // Then
    assertThat(paused)
        .contains("spec.suspend is true: the operator sends no request until it is false.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "", "yes", "because of the fair"})
  void isPausedByAnnotationWithAnyValue(String value) {
    // Given
    var chatbot = annotated(chatbot(""), Map.of("okchat.ai/paused", value));

    // When
    var paused = pause(chatbot, Optional.empty());

    // Then
    assertThat(paused)
        .contains(
            "The annotation okchat.ai/paused is set: the operator sends no request until it is"
                + " removed.");
  }

  @Test
  void isNotPausedByAnnotationFalse() {
    // Given
    var chatbot = annotated(chatbot(""), Map.of("okchat.ai/paused", "false"));

    // When
    var paused = pause(chatbot, Optional.of(namespace("false")));

    // Then
    assertThat(paused).isEmpty();
  }

  @Test
  void isPausedByNamespace() {
    // When
    var paused = pause(chatbot(""), Optional.of(namespace("true")));

    // Then
    assertThat(paused)
        .contains(
            "The annotation okchat.ai/paused is set on the namespace: the operator sends no request"
                + " until it is removed.");
  }

  @Test
  void namesNearestOfSeveralPauses() {
    // Given
    var chatbot = annotated(chatbot("suspend: true"), Map.of("okchat.ai/paused", "true"));

    // When
    var paused = pause(chatbot, Optional.of(namespace("true")));

    // Then
    assertThat(paused.orElseThrow()).startsWith("spec.suspend is true");
  }

  private static Namespace namespace(String paused) {
    return new NamespaceBuilder()
        .withNewMetadata()
        .withName(Manifest.NAMESPACE)
        .addToAnnotations("okchat.ai/paused", paused)
        .endMetadata()
        .build();
  }

  private static Optional<String> pause(Chatbot chatbot, Optional<Namespace> namespace) {
    return Pause.of(chatbot, chatbot.getSpec().suspend(), namespace);
  }
}
