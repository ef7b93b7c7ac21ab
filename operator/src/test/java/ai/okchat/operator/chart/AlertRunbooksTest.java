package ai.okchat.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each alert has a runbook entry that says what to do. */
final class AlertRunbooksTest {

  private static final Path REPOSITORY = Path.of("..");

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
    assertThat(REPOSITORY.resolve(annotations.path("runbook_url").asText())).isRegularFile();
    assertThat(annotations.path("summary").asText()).endsWith(".").hasSizeLessThan(120);
    assertThat(annotations.path("description").asText()).endsWith(".");
    assertThat(alert.path("labels").path("severity").asText()).isIn("critical", "warning", "info");
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
