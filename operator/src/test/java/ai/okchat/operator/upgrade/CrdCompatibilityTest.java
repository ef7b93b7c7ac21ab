package ai.okchat.operator.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Manifests and stored objects stay valid with the next version. */
final class CrdCompatibilityTest {

  static Stream<Arguments> released() {
    return ReleasedVersion.all().stream()
        .flatMap(
            version ->
                version.crds().stream()
                    .map(crd -> Arguments.of(version, crd.getMetadata().getName())));
  }

  @ParameterizedTest
  @MethodSource("released")
  void noFieldIsRemovedOrNarrowed(ReleasedVersion version, String crdName) {
    // Given
    var before = ReleasedVersion.schemaOf(version.crds(), crdName);
    var now = ReleasedVersion.schemaOf(ReleasedVersion.currentCrds(), crdName);

    // When
    var narrowing = SchemaNarrowing.between(before, now);

    // Then
    assertThat(narrowing)
        .as("%s of %s: serve a new API version instead", crdName, version.name())
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("released")
  void eachServedVersionAndItsNamesStay(ReleasedVersion version, String crdName) {
    // Given
    var before = namesOf(version.crds(), crdName);

    // When
    var now = namesOf(ReleasedVersion.currentCrds(), crdName);

    // Then
    assertThat(now).containsAll(before);
  }

  /** The names that manifests and scripts use. */
  private static List<String> namesOf(List<CustomResourceDefinition> crds, String crdName) {
    return crds.stream()
        .filter(crd -> crd.getMetadata().getName().equals(crdName))
        .map(crd -> crd.getSpec())
        .flatMap(
            spec ->
                Stream.concat(
                    Stream.concat(
                        Stream.of(spec.getScope(), spec.getNames().getKind()),
                        spec.getNames().getShortNames().stream()),
                    spec.getVersions().stream()
                        .filter(version -> version.getServed())
                        .map(version -> version.getName())))
        .toList();
  }
}
