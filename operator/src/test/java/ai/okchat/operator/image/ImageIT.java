package ai.okchat.operator.image;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.image.BuiltImage.LayerFile;
import ai.okchat.operator.testing.Chart;
import ai.okchat.operator.testing.ProgramRun;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The images are what the chart expects, on a base that the build makes itself. */
final class ImageIT {

  private static final Path OPERATOR = Path.of("target");
  private static final Path PLUGIN = Path.of("cli", "target");
  private static final Path SANDBOX = Path.of("..", "examples", "sandbox", "target");
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void runsUnprivilegedWithTheOptionsOfTheTests() throws IOException {
    // When
    var config = BuiltImage.of(OPERATOR.resolve("image.tar")).config().get("config");

    // Then
    assertThat(config.get("User").asText()).isEqualTo("65532:65532");
    assertThat(config.get("WorkingDir").asText()).isEqualTo("/app");
    assertThat(config.get("Entrypoint"))
        .isEqualTo(
            JSON.readTree(
                """
                ["java", "@/app/jvm.options", "-XX:AOTCache=/app/okchat-operator.aot",
                 "-cp", "@/app/jib-classpath-file", "ai.okchat.operator.OperatorMain"]
                """));
    assertThat(config.has("Cmd")).isFalse();
    assertThat(config.get("Volumes")).isEqualTo(JSON.readTree("{\"/tmp\": {}}"));
    assertThat(config.get("ExposedPorts")).isEqualTo(JSON.readTree("{\"8080/tcp\": {}}"));
  }

  @ParameterizedTest
  @CsvSource({
    "operator, OkChat operator",
    "sandbox, OkChat sandbox backend",
    "plugin, OkChat plugin for kubectl"
  })
  void labelsAndEnvironmentDescribeTheImage(String name, String title) throws IOException {
    // When
    var config = BuiltImage.of(target(name).resolve("image.tar")).config().get("config");

    // Then
    assertThat(config.get("Env"))
        .as("the base's, and a home that can be written to")
        .isEqualTo(
            JSON.readTree(
                """
                ["PATH=/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                 "JAVA_HOME=/opt/java/openjdk", "LANG=en_US.UTF-8", "HOME=/tmp"]
                """));
    var labels = config.get("Labels");
    assertThat(labels.get("org.opencontainers.image.title").asText()).isEqualTo(title);
    assertThat(labels.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "org.opencontainers.image.title",
            "org.opencontainers.image.description",
            "org.opencontainers.image.version",
            "org.opencontainers.image.revision",
            "org.opencontainers.image.source",
            "org.opencontainers.image.licenses",
            "org.opencontainers.image.base.name");
    assertThat(config.get("User").asText()).isEqualTo("65532:65532");
  }

  @Test
  void ordersLayersByFrequencyOfChange() throws IOException {
    // Given
    var libraries = libraries();
    var own = libraries.stream().filter(library -> library.startsWith("okchat-")).toList();
    var foreign = libraries.stream().filter(library -> !library.startsWith("okchat-")).toList();

    // When
    var layers = BuiltImage.of(OPERATOR.resolve("image.tar")).layers();

    // Then
    assertThat(layers.stream().map(ImageIT::names))
        .containsExactly(
            Set.of("opt/java/openjdk/release"),
            in("app/libs/", foreign),
            in("app/libs/", own),
            Set.of("app/classpath/okchat-operator.jar"),
            Set.of("app/jib-classpath-file", "app/jib-main-class-file"),
            Set.of("app/sbom/okchat-operator.cdx.json"),
            Set.of("app/jvm.options"));
  }

  @ParameterizedTest
  @CsvSource({"operator", "sandbox", "plugin"})
  void imageIsReproducible(String name) throws IOException {
    // When
    var image = BuiltImage.of(target(name).resolve("image.tar"));

    // Then
    assertThat(image.config().get("created").asText()).isEqualTo("2026-11-24T00:00:00Z");
    assertThat(image.layers().stream().skip(1).flatMap(List::stream).map(LayerFile::entry))
        .isNotEmpty()
        .allSatisfy(
            entry -> {
              assertThat(entry.getLastModifiedTime().toInstant())
                  .isEqualTo(Instant.ofEpochSecond(1));
              assertThat(entry.getLongUserId()).isZero();
              assertThat(entry.getLongGroupId()).isZero();
              assertThat(entry.getMode() & 0777).isEqualTo(0644);
            });
  }

  @ParameterizedTest
  @CsvSource({"operator", "sandbox"})
  void chartNamesTheBuiltImage(String name) throws IOException {
    // Given
    var values = yaml("values.yaml");
    var repository =
        values.at(name.equals("operator") ? "/image/repository" : "/sandbox/image/repository");
    var version = yaml("Chart.yaml").get("appVersion");

    // When
    var built = BuiltImage.of(target(name).resolve("image.tar")).reference();

    // Then
    assertThat(built).isEqualTo(repository.asText() + ":" + version.asText());
  }

  @ParameterizedTest
  @CsvSource({
    "operator, --version, okchat-operator",
    "sandbox, --version, okchat-sandbox",
    "plugin, version, kubectl-okchat"
  })
  void entryPointStartsTheProgram(String name, String argument, String version, @TempDir Path root)
      throws IOException {
    // Given
    var image = BuiltImage.of(target(name).resolve("image.tar"));
    for (var file : image.layers().stream().flatMap(List::stream).toList()) {
      var path = root.resolve(file.name());
      Files.createDirectories(path.getParent());
      Files.write(path, file.content());
    }
    var classpath = root.resolve("app/jib-classpath-file");
    Files.writeString(classpath, under(root, Files.readString(classpath)));
    var command = new ArrayList<String>();
    image
        .config()
        .at("/config/Entrypoint")
        .forEach(part -> command.add(under(root, part.asText())));
    command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(argument);

    // When
    var output = ProgramRun.of(new ProcessBuilder(command)).outputOfSuccess();

    // Then
    assertThat(output).contains(version);
  }

  @ParameterizedTest
  @CsvSource({"operator, okchat-operator", "sandbox, okchat-sandbox", "plugin, kubectl-okchat"})
  void billOfMaterialsNamesEveryLibrary(String name, String program) throws IOException {
    // Given
    var bill = "app/sbom/%s.cdx.json".formatted(program);

    // When
    var content =
        BuiltImage.of(target(name).resolve("image.tar")).layers().stream()
            .flatMap(List::stream)
            .filter(file -> file.name().equals(bill))
            .findFirst()
            .orElseThrow()
            .content();

    // Then
    var named = new ArrayList<String>();
    JSON.readTree(content)
        .get("components")
        .forEach(
            component ->
                named.add(
                    component.get("name").asText()
                        + "-"
                        + component.get("version").asText()
                        + classifier(component.get("purl").asText())
                        + ".jar"));
    assertThat(named).containsExactlyInAnyOrderElementsOf(libraries(target(name)));
  }

  /** Returns the suffix of a jar for one platform, such as {@code -linux-x86_64}. */
  private static String classifier(String packageUrl) {
    var platform = Pattern.compile("[?&]classifier=([^&]+)").matcher(packageUrl);
    return platform.find() ? "-" + platform.group(1) : "";
  }

  @ParameterizedTest
  @CsvSource({"operator", "sandbox", "plugin"})
  void imageHasTheLibrariesOfTheBuild(String name) throws IOException {
    // When
    var image = BuiltImage.of(target(name).resolve("image.tar"));

    // Then
    assertThat(image.layers().stream().flatMap(List::stream).map(LayerFile::name))
        .filteredOn(file -> file.startsWith("app/libs/"))
        .containsExactlyInAnyOrderElementsOf(in("app/libs/", libraries(target(name))));
  }

  @Test
  void exampleOfAnExportNamesTheBuiltImage() throws IOException {
    // Given
    var example = Files.readString(Path.of("..", "examples", "export-conversations.yaml"));

    // When
    var built = BuiltImage.of(PLUGIN.resolve("image.tar")).reference();

    // Then
    assertThat(example).contains("image: " + built.replace("-SNAPSHOT", "") + "\n");
  }

  private static Path target(String name) {
    return switch (name) {
      case "operator" -> OPERATOR;
      case "plugin" -> PLUGIN;
      default -> SANDBOX;
    };
  }

  private static List<String> libraries() throws IOException {
    return libraries(OPERATOR);
  }

  private static List<String> libraries(Path target) throws IOException {
    try (var files = Files.list(target.resolve("lib"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static Set<String> names(List<LayerFile> layer) {
    return layer.stream().map(LayerFile::name).collect(Collectors.toSet());
  }

  private static Set<String> in(String folder, List<String> names) {
    return names.stream().map(name -> folder + name).collect(Collectors.toSet());
  }

  private static String under(Path root, String text) {
    return text.replace("/app/", root + "/app/");
  }

  private static JsonNode yaml(String file) throws IOException {
    return Serialization.unmarshal(
        Files.readString(Chart.OURS.directory().resolve(file)), JsonNode.class);
  }
}
