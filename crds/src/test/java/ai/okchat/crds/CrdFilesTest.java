package ai.okchat.crds;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.KnowledgeSource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.SelectableField;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class CrdFilesTest {
  /** A client-side apply keeps the whole object in an annotation of at most this size. */
  private static final int CLIENT_SIDE_APPLY_LIMIT = 256 * 1024;

  static final List<Class<? extends CustomResource<?, ?>>> KINDS = CrdGeneration.KINDS;

  @ParameterizedTest
  @FieldSource("KINDS")
  void committedCrdEqualsGeneratedCrd(Class<? extends CustomResource<?, ?>> kind)
      throws IOException {
    // Given
    var crd = CrdGeneration.crdOf(kind);

    // When
    var yaml = CrdGeneration.yamlOf(crd);

    // Then
    CommittedFile.of("crds/" + crd.getMetadata().getName() + ".yaml").holds(yaml);
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void crdFitsIntoClientSideApply(Class<? extends CustomResource<?, ?>> kind) {
    // When
    var yaml = CrdGeneration.yamlOf(CrdGeneration.crdOf(kind));

    // Then
    assertThat(yaml.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(CLIENT_SIDE_APPLY_LIMIT);
  }

  @Test
  void folderHasNoOtherManifest() throws IOException {
    // When
    List<String> manifests;
    try (var files = Files.list(Path.of("."))) {
      manifests =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.matches(".*\\.(yaml|yml|json)"))
              .toList();
    }

    // Then
    assertThat(manifests)
        .containsExactlyInAnyOrderElementsOf(
            KINDS.stream().map(kind -> CustomResource.getCRDName(kind) + ".yaml").toList());
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void everyKindIsInTheCategoryAndExplainsItself(Class<? extends CustomResource<?, ?>> kind) {
    // When
    var crd = CrdGeneration.crdOf(kind);

    // Then
    assertThat(crd.getSpec().getNames().getCategories()).containsExactly("okchat");
    assertThat(crd.getSpec().getVersions().getFirst().getAdditionalPrinterColumns())
        .extracting(CustomResourceColumnDefinition::getName)
        .contains("Ready", "Reason", "Age", "Message");
  }

  @Test
  void objectsAreSelectableByReference() {
    // When
    var fields =
        List.of(Chatbot.class, KnowledgeSource.class).stream()
            .map(CrdGeneration::crdOf)
            .flatMap(crd -> crd.getSpec().getVersions().getFirst().getSelectableFields().stream())
            .map(SelectableField::getJsonPath);

    // Then
    assertThat(fields).containsExactly(".spec.backendRef.name", ".spec.chatbotRef.name");
  }
}
