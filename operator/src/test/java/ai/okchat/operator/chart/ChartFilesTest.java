package ai.okchat.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.Chart;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
  private static final Pattern PROJECT_VERSION = Pattern.compile("<revision>([^<]+)</revision>");

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
    var project = PROJECT_VERSION.matcher(Files.readString(Path.of("..", "pom.xml")));
    assertThat(project.find()).isTrue();
    var version = project.group(1);

    // When
    var chart = metadata();

    // Then
    assertThat(chart).containsEntry("version", version).containsEntry("appVersion", version);
  }

  @Test
  void commandsOfTheDocumentationInstallTheVersionOfTheChart() throws IOException {
    // Given
    var command = Pattern.compile("okchat/charts/okchat-operator --version ([^ ]+)");

    // When
    var versions = new ArrayList<String>();
    for (var page : List.of("../README.md", "docs/install.md", "docs/registries.md")) {
      var found = command.matcher(Files.readString(Path.of(page))).results().toList();
      assertThat(found).as(page).isNotEmpty();
      found.forEach(match -> versions.add(match.group(1)));
    }

    // Then
    assertThat(versions).containsOnly(String.valueOf(metadata().get("version")));
  }

  @Test
  void annotationsForArtifactHubNameImagesAndCrdsOfTheChart() throws IOException {
    // Given
    var values = Serialization.unmarshal(read("values.yaml"), JsonNode.class);
    var version = metadata().get("appVersion");

    // When
    var images = annotation("images").findValuesAsText("image");
    var crds = annotation("crds").findValuesAsText("name");

    // Then
    assertThat(images)
        .containsExactly(
            values.at("/image/repository").asText() + ":" + version,
            values.at("/sandbox/image/repository").asText() + ":" + version);
    assertThat(crds.stream().map(name -> name + ".yaml"))
        .containsExactlyInAnyOrderElementsOf(crds());
  }

  private static JsonNode annotation(String name) throws IOException {
    var chart = Serialization.unmarshal(read("Chart.yaml"), JsonNode.class);
    return Serialization.unmarshal(
        chart.at("/annotations").get("artifacthub.io/" + name).asText(), JsonNode.class);
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
