package ai.okchat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestReaderTest {
  private static final String BOT =
      "{apiVersion: okchat.ai/v1alpha1, kind: Chatbot, metadata: {name: support}}";

  @TempDir private Path folder = Path.of("");

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Manifest> read(String text) {
    return ManifestReader.read(List.of("-"), text(text));
  }

  private static List<String> names(List<Manifest> manifests) {
    return manifests.stream()
        .map(manifest -> manifest.place() + ": " + manifest.object().title())
        .toList();
  }

  @Test
  void readsDocumentsOfStandardInputAndIgnoresOtherKinds() {
    // When
    var found =
        read(
            """
            # only a comment
            ---
            {apiVersion: v1, kind: Service, metadata: {name: web}}
            ---
            %s
            ---
            apiVersion: v1
            kind: List
            items:
            - {apiVersion: v1, kind: ConfigMap, metadata: {name: prompts}}
            - {apiVersion: okchat.ai/v1, kind: Chatbot, metadata: {name: later}}
            """
                .formatted(BOT));

    // Then
    assertThat(names(found))
        .containsExactly(
            "standard input, document 2: Chatbot/support",
            "standard input, document 3: ConfigMap/prompts");
  }

  @Test
  void readsFoldersWithAllFoldersInThem() throws IOException {
    // Given
    Files.createDirectories(folder.resolve("a/b"));
    Files.writeString(folder.resolve("a/b/bot.yml"), BOT);
    Files.writeString(
        folder.resolve("bot.json"),
        "{\"apiVersion\":\"v1\",\n\t\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"c\"}}");
    Files.writeString(folder.resolve("readme.md"), "{");

    // When
    var found = ManifestReader.read(List.of(folder.toString()), text(""));

    // Then
    assertThat(names(found))
        .containsExactly(
            folder.resolve("a/b/bot.yml") + ", document 1: Chatbot/support",
            folder.resolve("bot.json") + ", document 1: ConfigMap/c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{apiVersion: v1 | it is not YAML, line 3",
        "{kind: a, kind: b} | it is not YAML, line 3",
        "just a text | it is not an object",
        "{apiVersion: v1, kind: ConfigMap} | metadata.name is missing"
      })
  void namesTheDocumentThatIsBroken(String broken, String why) {
    assertThatExceptionOfType(PluginException.class)
        .isThrownBy(() -> read(BOT + "\n---\n" + broken))
        .withMessageStartingWith("The manifest standard input, document 2 cannot be used: ")
        .withMessageContaining(why.substring(0, 12));
  }

  @Test
  void namesTheFileThatDoesNotExist() {
    assertThatExceptionOfType(PluginException.class)
        .isThrownBy(() -> ManifestReader.read(List.of("absent.yaml"), text("")))
        .withMessage("absent.yaml cannot be read. Name a file, a folder or - with -f.");
  }

  @Test
  void namesTheFolderThatCannotBeRead() throws IOException {
    // Given
    var closed = Files.createDirectories(folder.resolve("a/closed"));
    Files.setPosixFilePermissions(closed, Set.of());
    assumeThat(Files.isReadable(closed)).as("root reads every folder").isFalse();

    // When, Then
    assertThatExceptionOfType(PluginException.class)
        .isThrownBy(() -> ManifestReader.read(List.of(folder.toString()), text("")))
        .withMessage(closed + " cannot be read. Name a file, a folder or - with -f.");
  }

  @Test
  void rejectsNamesThatNoObjectCanHave() {
    assertThatExceptionOfType(PluginException.class)
        .isThrownBy(() -> read(BOT.replace("support", "../secrets")))
        .withMessage(
            "The manifest standard input, document 1 cannot be used: metadata.name has other"
                + " characters than lower-case letters, digits, hyphens and dots. Correct it.");
  }

  @Test
  void boundsTheBytes() {
    assertThatExceptionOfType(PluginException.class)
        .isThrownBy(() -> read("# " + "x".repeat(32 * 1024 * 1024)))
        .withMessage(
            "The manifests up to standard input have more than 32 MiB, which is the limit. Name"
                + " fewer files with -f.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "True | true",
        "FALSE | false",
        "~ | null",
        "Null | null",
        "0x1F | 31",
        "yes | true",
        "NO | false",
        "On | true",
        "off | false",
        "y | true",
        "N | false",
        "yEs | \"yEs\"",
        "yes please | \"yes please\"",
        "\"yes\" | \"yes\"",
        "\"True\" | \"True\"",
        "1.50 | 1.5"
      })
  void readsScalarsAsKubectlDoes(String scalar, String json) {
    assertThat(read(BOT.replace("}}", "}, spec: {value: " + scalar + "}}")))
        .extracting(manifest -> manifest.object().json().path("spec").path("value").toString())
        .containsExactly(json);
  }

  @Test
  void rejectsMergedMaps() {
    assertThatExceptionOfType(PluginException.class)
        .isThrownBy(() -> read(BOT + "\n---\na: &a {b: c}\nd: {<<: *a}"))
        .withMessage(
            "The manifest standard input, document 2 cannot be used: it has the key <<. Write the"
                + " fields of the other map in its place. Correct it.");
  }

  /** A text of 2 KB that names a thousand million values, or that never ends. */
  static Stream<String> tooLarge() {
    var bomb = new StringBuilder("a0: &a0 [" + "x,".repeat(1000) + "x]\n");
    for (var i = 1; i <= 10; i++) {
      bomb.append("a%1$d: &a%1$d [*a%2$d, *a%2$d, *a%2$d, *a%2$d]\n".formatted(i, i - 1));
    }
    var deep = new StringBuilder("a0: &a0 [x]\n");
    for (var i = 1; i <= 100; i++) {
      deep.append("a%1$d: &a%1$d [*a%2$d]\n".formatted(i, i - 1));
    }
    return Stream.of(
        bomb.toString(),
        deep.toString(),
        "a: &a [*a]",
        "a: &a [x]\nb: &a {c: *a}",
        "a: " + "[".repeat(20_000) + "]".repeat(20_000),
        "a: " + "[".repeat(100) + "]".repeat(100));
  }

  @ParameterizedTest
  @MethodSource("tooLarge")
  void boundsValuesAndLevels(String text) {
    assertThatExceptionOfType(PluginException.class)
        .isThrownBy(() -> read(BOT + "\n---\n" + text))
        .withMessage(
            "The manifest standard input, document 2 cannot be used: with the manifests before it,"
                + " it has more than 1000000 values, or it is nested deeper than 100 levels."
                + " Correct it.");
  }

  @ParameterizedTest
  @ValueSource(ints = {101, 20_000})
  void boundsTheLevelsOfJson(int levels) throws IOException {
    // Given
    var file = folder.resolve("deep.json");
    Files.writeString(file, "[".repeat(levels) + "]".repeat(levels));

    // When, Then
    assertThatExceptionOfType(PluginException.class)
        .isThrownBy(() -> ManifestReader.read(List.of(file.toString()), text("")))
        .withMessageContaining("deeper than 100 levels");
  }

  @Test
  void readsReferencesAndTheDeepestValue() {
    assertThat(
            read(
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: &name texts, labels: {a: *name, b: *name}}
                deep: %s%s
                """
                    .formatted("[".repeat(99), "]".repeat(99))))
        .extracting(
            manifest -> manifest.object().text("metadata", "labels", "b"),
            manifest -> manifest.object().name())
        .containsExactly(tuple("texts", "texts"));
  }
}
