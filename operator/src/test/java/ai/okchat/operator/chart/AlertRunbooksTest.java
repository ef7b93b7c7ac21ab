package ai.okchat.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.TextFile;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each alert has a runbook entry that says what to do. */
final class AlertRunbooksTest {

  private static final Path REPOSITORY = Path.of("..");
  private static final Pattern SOURCE = Pattern.compile("<image.source>(.+?)</image.source>");
  private static final Pattern VERSION = Pattern.compile("(?m)^appVersion: (\\S+)$");

  static List<JsonNode> alerts() {
    JsonNode rules = new ObjectMapper().valueToTree(Promtool.rules());
    return rules.path("groups").findValues("rules").stream()
        .flatMap(group -> StreamSupport.stream(group.spliterator(), false))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void alertHasARunbookAndADescription(JsonNode alert) {
    // When
    var annotations = alert.path("annotations");

    // Then
    var url = annotations.path("runbook_url").asText();
    assertThat(url).startsWith(published());
    assertThat(REPOSITORY.resolve(url.substring(published().length()))).isRegularFile();
    assertThat(annotations.path("summary").asText()).endsWith(".").hasSizeLessThan(120);
    assertThat(annotations.path("description").asText()).endsWith(".");
    assertThat(alert.path("labels").path("severity").asText()).isIn("critical", "warning", "info");
  }

  /** Returns the address of the files of the version of the chart. */
  private static String published() {
    var chart = TextFile.read(REPOSITORY.resolve("helm/okchat-operator/Chart.yaml"));
    return "%s/blob/v%s/"
        .formatted(
            first(SOURCE, TextFile.read(REPOSITORY.resolve("pom.xml"))), first(VERSION, chart));
  }

  private static String first(Pattern pattern, String text) {
    return pattern.matcher(text).results().findFirst().orElseThrow().group(1);
  }

  @Test
  void eachAlertIsTested() throws IOException {
    // Given
    var folder = Path.of("src/test/java/ai/okchat/operator/chart");
    var tests =
        Files.readString(folder.resolve("BackendAlertsIT.java"))
            + Files.readString(folder.resolve("ObjectAlertsIT.java"));

    // When
    var untested =
        alerts().stream()
            .map(alert -> alert.path("alert").asText())
            .filter(name -> !tests.contains('"' + name + '"'));

    // Then
    assertThat(untested).isEmpty();
  }

  @Test
  void eachRunbookIsInTheIndex() throws IOException {
    // Given
    var index = Files.readString(Path.of("docs/README.md"));

    // When
    List<String> unnamed;
    try (Stream<Path> files = Files.list(Path.of("docs/runbooks"))) {
      unnamed =
          files
              .map(file -> "runbooks/" + file.getFileName())
              .filter(link -> !index.contains("(" + link + ")"))
              .toList();
    }

    // Then
    assertThat(unnamed).isEmpty();
  }
}
