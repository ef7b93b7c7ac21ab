package ai.okchat.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.BackendRef;
import ai.okchat.api.v1alpha1.ChatbotBackendSpec;
import ai.okchat.api.v1alpha1.ChatbotRef;
import ai.okchat.api.v1alpha1.ChatbotSpec;
import ai.okchat.api.v1alpha1.ClusterChatbotBackendSpec;
import ai.okchat.api.v1alpha1.ConfigMapSource;
import ai.okchat.api.v1alpha1.KeyRef;
import ai.okchat.api.v1alpha1.KnowledgeSourceSpec;
import ai.okchat.api.v1alpha1.NamespacedKeyRef;
import ai.okchat.api.v1alpha1.SecretRef;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The configuration for kustomize names every reference of the types. */
final class KustomizeReferencesTest {

  private static final Map<String, Class<?>> SPECS =
      Map.of(
          "Chatbot", ChatbotSpec.class,
          "ChatbotBackend", ChatbotBackendSpec.class,
          "ClusterChatbotBackend", ClusterChatbotBackendSpec.class,
          "KnowledgeSource", KnowledgeSourceSpec.class);

  /** Types that contain the name of another object. */
  private static final Set<Class<?>> REFERENCES =
      Set.of(
          BackendRef.class,
          ChatbotRef.class,
          ConfigMapSource.class,
          KeyRef.class,
          NamespacedKeyRef.class,
          SecretRef.class);

  @Test
  void everyReferenceOfTheTypesIsConfigured() throws IOException {
    // Given
    var fields =
        SPECS.entrySet().stream()
            .flatMap(spec -> references(spec.getKey() + " spec", spec.getValue()))
            .collect(Collectors.toSet());

    // When
    var configured =
        NameReference.all().stream()
            .map(reference -> reference.kind() + " " + reference.path())
            .collect(Collectors.toSet());

    // Then
    assertThat(configured).isEqualTo(fields).hasSizeGreaterThan(9);
  }

  private static Stream<String> references(String path, Class<?> type) {
    if (REFERENCES.contains(type)) {
      return Stream.of(path + "/name");
    }
    return type.isRecord()
        ? Arrays.stream(type.getRecordComponents())
            .flatMap(field -> references(path + "/" + field.getName(), field.getType()))
        : Stream.of();
  }
}
