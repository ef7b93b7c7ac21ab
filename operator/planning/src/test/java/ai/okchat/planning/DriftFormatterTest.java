package ai.okchat.planning;

import static ai.okchat.planning.PlannedBot.json;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Drift;
import java.util.List;
import org.junit.jupiter.api.Test;

/** T28: the part of a difference that users may read. */
class DriftFormatterTest {

  @Test
  void showsShortValues() {
    // Given
    var differences =
        differences(
            "{\"name\": \"Support\", \"is_public\": true, \"r\": 32}",
            "{\"name\": \"Sales\", \"is_public\": false, \"r\": 0.5}");

    // When
    var drift = DriftFormatter.of(differences);

    // Then
    assertThat(drift)
        .containsExactly(
            new Drift("name", "Support", "Sales"),
            new Drift("is_public", "true", "false"),
            new Drift("r", "32", "0.5"));
  }

  @Test
  void omitsAbsentValue() {
    // Given
    var differences = differences("{\"a\": \"x\", \"b\": \"x\"}", "{\"b\": null}");

    // When
    var drift = DriftFormatter.of(differences);

    // Then
    assertThat(drift).containsExactly(new Drift("a", "x", null), new Drift("b", "x", null));
  }

  @Test
  void t28NeverShowsAPrompt() {
    // Given
    var differences =
        differences(
            "{\"settings\": {\"prompt\": \"abc\"}}", "{\"settings\": {\"prompt\": \"MARKER\"}}");

    // When
    var drift = DriftFormatter.of(differences);

    // Then
    assertThat(drift)
        .containsExactly(
            new Drift(
                "settings.prompt",
                "sha256:ba7816bf8f01 (3 characters)",
                "%s (6 characters)".formatted(Digest.of("MARKER").substring(0, 19))));
  }

  @Test
  void showsLongValuesAsDigestAndLength() {
    // Given
    var longest = "x".repeat(64);
    var longer = "y".repeat(10_000);
    var differences =
        differences("{\"a\": \"%s\"}".formatted(longest), "{\"a\": \"%s\"}".formatted(longer));

    // When
    var drift = DriftFormatter.of(differences);

    // Then
    assertThat(drift)
        .containsExactly(
            new Drift(
                "a",
                longest,
                "%s (10000 characters)".formatted(Digest.of(longer).substring(0, 19))));
  }

  @Test
  void boundsObjectInPlaceOfAValue() {
    // Given
    var differences =
        differences("{\"a\": \"x\"}", "{\"a\": {\"b\": \"%s\"}}".formatted("z".repeat(100)));

    // When
    var drift = DriftFormatter.of(differences);

    // Then
    assertThat(drift).hasSize(1);
    assertThat(drift.getFirst().observed()).matches("sha256:[0-9a-f]{12} \\(108 characters\\)");
  }

  private static List<Difference> differences(String desired, String observed) {
    return Difference.between(json(desired), json(observed));
  }
}
