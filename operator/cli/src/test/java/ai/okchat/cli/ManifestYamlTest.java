package ai.okchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Texts of others in a manifest, read back by another parser of YAML. */
class ManifestYamlTest {
  private static final String ALPHABET =
      "ab 0-:#'\"\\|>&*!%@`{}[],?.~\n\r"
          + "\t\u0000\u0007\u0085\u00a0\u2028\u202e\u200d\ufeff\ufffe한\u0301";

  static Stream<String> texts() {
    return Stream.of(
        "",
        " ",
        "\n",
        " leading",
        "trailing ",
        "\ttab",
        "a: b",
        "a #b",
        "- a",
        "# a",
        "? a",
        "--- a",
        "...",
        "a\n---\nb",
        "a\n...\nb",
        "%YAML 1.1",
        "&a",
        "*a",
        "!!binary a",
        "{a",
        "[a",
        "it's",
        "\"quoted\"",
        "a\\b",
        "\n leading line",
        "a\n",
        "a\n\n",
        "a\n\n\n",
        "a \nb",
        "a\t\nb",
        "a\r\nb",
        "a\rb",
        "  a\nb",
        "a\n  b\n c",
        "한국어\n두 번째 줄",
        "🤖\n👩‍👩‍👧",
        "\ud83c\udff4\udb40\udc67\udb40\udc7f\nflag",
        "a\u202eb\nc",
        "\ufeffa\nb",
        "\ufffe\n\uffff",
        "a\u0085b",
        "{{ .Values }}",
        "${HOME}",
        "a".repeat(200_000),
        "word ".repeat(1000),
        "line\n".repeat(1000));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void keepsEachCharacter(String text) {
    assertThat(readBack(text))
        .isEqualTo(Map.of("before", "x", "text", text, "list", List.of(text)));
  }

  @Test
  void keepsEachCharacterOfRandomTexts() {
    var chance = new Random(42);
    for (var round = 0; round < 20_000; round++) {
      var text = new StringBuilder();
      for (var length = chance.nextInt(12); length > 0; length--) {
        text.append(ALPHABET.charAt(chance.nextInt(ALPHABET.length())));
      }
      assertThat(readBack(text.toString())).containsEntry("text", text.toString());
    }
  }

  /** Other versions of YAML read these as booleans, numbers, times or nothing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "yes",
        "No",
        "ON",
        "off",
        "y",
        "N",
        "true",
        "False",
        "null",
        "NULL",
        "~",
        "1e3",
        "0x1F",
        "017",
        "0o17",
        "1_000",
        "12:30:45",
        "2026-01-01",
        ".inf",
        ".NaN",
        "-1",
        "+1",
        "1.",
        "=",
        "<<"
      })
  void quotesTextsThatOtherParsersReadAsAnotherType(String text) {
    assertThat(ManifestYaml.of(JsonText.object().put("text", text)))
        .isEqualTo("text: \"" + text + "\"\n");
  }

  @ParameterizedTest
  @MethodSource("texts")
  void showsHiddenCharacters(String text) {
    assertThat(ManifestYaml.of(JsonText.object().put("text", text)).codePoints())
        .noneMatch(VisibleText::isHidden);
    assertThat(ManifestYaml.comment(text)).startsWith("# ").doesNotContainPattern("\n.");
  }

  @Test
  void writesTextsReadably() {
    // Given
    var tree = JsonText.object().put("name", "Support").put("prompt", "You help.\n\nBe brief.\n");
    tree.put("greeting", "안녕하세요! 👋")
        .put("temperature", 0.7)
        .put("public", true)
        .put("radius", 32L);
    tree.putArray("ignoreFields").add("settings.prompt");

    // When
    var yaml = ManifestYaml.of(tree);

    // Then
    assertThat(yaml)
        .isEqualTo(
            """
            name: Support
            prompt: |
              You help.

              Be brief.
            greeting: "안녕하세요! 👋"
            temperature: 0.7
            public: true
            radius: 32
            ignoreFields:
            - settings.prompt
            """);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> readBack(String text) {
    var tree = JsonText.object().put("before", "x").put("text", text);
    tree.putArray("list").add(text);
    var yaml = ManifestYaml.of(tree) + ManifestYaml.comment(text);
    var settings = LoadSettings.builder().setCodePointLimit(10_000_000).build();
    return (Map<String, Object>) new Load(settings).loadFromString(yaml);
  }
}
