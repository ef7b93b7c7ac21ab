package ai.okchat.crds;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class FieldReferenceTest {
  @Test
  void committedReferenceEqualsGeneratedReference() throws IOException {
    // Given
    var crds = CrdGeneration.KINDS.stream().map(CrdGeneration::crdOf).toList();

    // When
    var reference = FieldReference.of(crds);

    // Then
    CommittedFile.of("operator/docs/fields.md").holds(reference);
  }
}
