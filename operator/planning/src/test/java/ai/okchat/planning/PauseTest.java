package ai.okchat.planning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PauseTest {

  @Test
  void isNotPausedByDefault() {
    assertThat(Pause.of(null, false, () -> Optional.of(Map.of()))).isEmpty();
  }

  @Test
  void isPausedBySpec() {
    // When
    var paused = Pause.of(null, true, Optional::empty);

    // Then
    assertThat(paused)
        .contains("spec.suspend is true: the operator sends no request until it is false.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "", "yes", "because of the fair"})
  void isPausedByAnnotationWithAnyValue(String value) {
    // When
    var paused = Pause.of(annotated(value), false, Optional::empty);

    // Then
    assertThat(paused)
        .contains(
            "The annotation okchat.ai/paused is set: the operator sends no request until it is"
                + " removed.");
  }

  @Test
  void isNotPausedByAnnotationFalse() {
    assertThat(Pause.of(annotated("false"), false, () -> Optional.of(annotated("false"))))
        .isEmpty();
  }

  @Test
  void isPausedByNamespace() {
    // When
    var paused = Pause.of(null, false, () -> Optional.of(annotated("true")));

    // Then
    assertThat(paused)
        .contains(
            "The annotation okchat.ai/paused is set on the namespace: the operator sends no request"
                + " until it is removed.");
  }

  @Test
  void namesNearestOfSeveralPauses() {
    // When
    var paused = Pause.of(annotated("true"), true, () -> Optional.of(annotated("true")));

    // Then
    assertThat(paused.orElseThrow()).startsWith("spec.suspend is true");
  }

  private static Map<String, String> annotated(String paused) {
    return Map.of("okchat.ai/paused", paused);
  }
}
