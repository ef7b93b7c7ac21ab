package ai.okchat.operator.chatbot;

import static ai.okchat.operator.chatbot.Manifest.annotated;
import static ai.okchat.operator.chatbot.Manifest.chatbot;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.status.Pause;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PauseTest {

  @Test
  void nobody_asked_for_it() {
    // When
    var paused =
        pause(
            chatbot(""),
            Optional.of(new NamespaceBuilder().withNewMetadata().endMetadata().build()));

    // Then
    assertThat(paused).isEmpty();
  }

  @Test
  void the_spec_asked_for_it() {
    // When
    var paused = pause(chatbot("suspend: true"), Optional.empty());

    // Then
    assertThat(paused).contains("spec.suspend is true: nothing is sent until it is false.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "", "yes", "because of the fair"})
  void an_annotation_asked_for_it_whatever_it_says(String value) {
    // Given
    var chatbot = annotated(chatbot(""), Map.of("okchat.ai/paused", value));

    // When
    var paused = pause(chatbot, Optional.empty());

    // Then
    assertThat(paused)
        .contains("The annotation okchat.ai/paused is set: nothing is sent until it is removed.");
  }

  @Test
  void an_annotation_that_says_false_asks_for_nothing() {
    // Given
    var chatbot = annotated(chatbot(""), Map.of("okchat.ai/paused", "false"));

    // When
    var paused = pause(chatbot, Optional.of(namespace("false")));

    // Then
    assertThat(paused).isEmpty();
  }

  @Test
  void the_namespace_asked_for_all_in_it() {
    // When
    var paused = pause(chatbot(""), Optional.of(namespace("true")));

    // Then
    assertThat(paused)
        .contains(
            "The annotation okchat.ai/paused is set on the namespace: nothing is sent until it is"
                + " removed.");
  }

  @Test
  void the_nearest_of_several_is_named() {
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
