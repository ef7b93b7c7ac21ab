package ai.okchat.operator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ValidationCoverageTest {

  static List<CustomResourceDefinition> crds() {
    return Crds.all();
  }

  @ParameterizedTest
  @MethodSource("crds")
  void everyRuleHasAManifestThatViolatesIt(CustomResourceDefinition crd) {
    // Given
    var kind = crd.getSpec().getNames().getSingular();
    var refusals =
        ValidationManifest.invalid()
            .filter(manifest -> manifest.kind().equals(kind))
            .flatMap(manifest -> manifest.expected().stream())
            .toList();

    // When
    var untried =
        SchemaRule.of(crd).stream()
            .filter(rule -> refusals.stream().noneMatch(rule::isBrokenBy))
            .toList();

    // Then
    assertThat(untried).isEmpty();
  }

  @Test
  void namesEachManifestByItsValidity() {
    // When
    var misnamed =
        ValidationManifest.all().stream()
            .filter(
                manifest ->
                    !manifest
                        .fileName()
                        .startsWith(manifest.expected().isEmpty() ? "valid-" : "invalid-"))
            .toList();

    // Then
    assertThat(misnamed).isEmpty();
  }
}
