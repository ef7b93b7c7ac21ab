package ai.okchat.crds;

import static org.assertj.core.api.Assertions.assertThat;

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
}
