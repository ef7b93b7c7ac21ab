package ai.okchat.operator.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Applies the manifests below {@code src/test/resources/validation} and those below {@code
 * examples} to a real API server, as dry runs: an object is written only where another one is to
 * replace it.
 */
class CustomResourceValidationIT {
  private static final Path EXAMPLES = Path.of("../examples");
  private static KubernetesClient client;
  private static Namespace namespace;
  private final List<GenericKubernetesResource> written = new ArrayList<>();

  @BeforeAll
  static void installTheCrds() {
    client = ValidationApiServer.client();
    for (var crd : Crds.all()) {
      client.resource(crd).forceConflicts().serverSideApply();
      client
          .resource(crd)
          .waitUntilCondition(CustomResourceValidationIT::isEstablished, 30, TimeUnit.SECONDS);
    }
    namespace =
        client
            .resource(
                new NamespaceBuilder()
                    .withNewMetadata()
                    .withGenerateName("validation-")
                    .endMetadata()
                    .build())
            .create();
  }

  @AfterAll
  static void leaveNothingBehind() {
    client.resource(namespace).delete();
    client.close();
  }

  static Stream<ValidationManifest> valid() {
    return ValidationManifest.valid();
  }

  static Stream<ValidationManifest> invalid() {
    return ValidationManifest.invalid();
  }

  static Stream<GenericKubernetesResource> examples() throws IOException {
    try (var manifests = Files.list(EXAMPLES);
        var knowledge = Files.list(EXAMPLES.resolve("knowledge"))) {
      return Stream.concat(manifests, knowledge)
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .toList()
          .stream()
          .flatMap(file -> ValidationManifest.documentsOf(file).stream());
    }
  }

  @ParameterizedTest
  @MethodSource("valid")
  void acceptsValidManifestCompletely(ValidationManifest manifest) {
    // Given
    manifest.before().forEach(this::write);

    // When
    var taken = judge(manifest);

    // Then
    assertThat(Leaves.of(taken)).as("%s", manifest).containsAll(Leaves.of(manifest.judged()));
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void rejectsInvalidManifestForItsOwnReasonsOnly(ValidationManifest manifest) {
    // Given
    manifest.before().forEach(this::write);

    // When
    var refused = catchThrowableOfType(KubernetesClientException.class, () -> judge(manifest));

    // Then
    assertThat(Rejection.of(refused))
        .as("%s", manifest)
        .usingElementComparator((one, other) -> one.isPartOf(other) || other.isPartOf(one) ? 0 : 1)
        .containsExactlyInAnyOrderElementsOf(manifest.expected());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void acceptsExampleCompletely(GenericKubernetesResource example) {
    // When
    var taken = at(example).dryRun().create();

    // Then
    assertThat(Leaves.of(taken)).containsAll(Leaves.of(example));
  }

  @AfterEach
  void removeWhatWasWritten() {
    written.forEach(object -> at(object).delete());
  }

  private GenericKubernetesResource judge(ValidationManifest manifest) {
    var dryRun = at(manifest.judged()).dryRun();
    return manifest.before().isEmpty() ? dryRun.create() : dryRun.update();
  }

  private void write(GenericKubernetesResource object) {
    at(object).create();
    written.add(object);
    if (object.get("status") != null) {
      at(object).updateStatus();
    }
  }

  private static Resource<GenericKubernetesResource> at(GenericKubernetesResource object) {
    var resource = client.resource(object);
    return object.getKind().startsWith("Cluster")
        ? resource
        : resource.inNamespace(namespace.getMetadata().getName());
  }

  private static boolean isEstablished(@Nullable CustomResourceDefinition crd) {
    return crd != null
        && crd.getStatus() != null
        && crd.getStatus().getConditions() != null
        && crd.getStatus().getConditions().stream()
            .anyMatch(
                condition ->
                    condition.getType().equals("Established")
                        && condition.getStatus().equals("True"));
  }
}
