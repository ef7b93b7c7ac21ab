package ai.okchat.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.Chart;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChartFilesTest {

  private static final Path CRDS = Path.of("..", "crds");
  private static final Pattern PROJECT_VERSION =
      Pattern.compile("<artifactId>okchat-parent</artifactId>\\s*<version>([^<]+)</version>");

  static List<String> crds() throws IOException {
    try (var files = Files.list(CRDS)) {
      return manifests(files);
    }
  }

  @ParameterizedTest
  @MethodSource("crds")
  void chartHasTheGeneratedCrd(String name) throws IOException {
    // Given
    var crd = Files.readString(CRDS.resolve(name));

    // Then
    ChartFile.of("files/crds/" + name).holds(crd);
  }

  @Test
  void chartHasNoOtherCrd() throws IOException {
    // When
    List<String> carried;
    try (var files = Files.list(Chart.OURS.directory().resolve("files/crds"))) {
      carried = manifests(files);
    }

    // Then
    assertThat(carried).containsExactlyElementsOf(crds());
  }

  @Test
  @DisplayName("T97: no comment of the chart advises a proxy variable")
  void commentsAdviseNoProxyVariable() throws IOException {
    // When
    var values = read("values.yaml");

    // Then: the chart has a setting of its own for a proxy.
    assertThat(values).contains("\nproxy:\n").doesNotContain("PROXY");
  }

  @Test
  void readmeDocumentsEveryValue() throws IOException {
    // Given
    var values = DocumentedValues.parse(read("values.yaml"));
    String readme;
    try (var in = getClass().getResourceAsStream("/chart/README.md")) {
      readme = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }

    // When
    var made =
        readme
            .replace("%REFRESH%", ChartFile.REFRESH)
            .replace("%VERSION%", String.valueOf(metadata().get("appVersion")))
            .replace("%VALUES%\n", values.table());

    // Then
    ChartFile.of("README.md").holds(made);
  }

  @Test
  void chartHasTheVersionOfTheProject() throws IOException {
    // Given
    var project = PROJECT_VERSION.matcher(Files.readString(Path.of("pom.xml")));
    assertThat(project.find()).isTrue();
    var version = project.group(1).replace("-SNAPSHOT", "");

    // When
    var chart = metadata();

    // Then
    assertThat(chart).containsEntry("version", version).containsEntry("appVersion", version);
  }

  private static List<String> manifests(Stream<Path> files) {
    return files
        .map(file -> file.getFileName().toString())
        .filter(fileName -> fileName.endsWith(".yaml"))
        .sorted()
        .toList();
  }

  private static String read(String file) throws IOException {
    return Files.readString(Chart.OURS.directory().resolve(file));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> metadata() throws IOException {
    return Serialization.unmarshal(read("Chart.yaml"), Map.class);
  }
}
