package ai.okchat.operator.gitops;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.okchat.operator.gitops.Customization.Health;
import ai.okchat.operator.testing.TextFile;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs {@code health_test.yaml} and {@code action_test.yaml} as the tests of Argo CD's own
 * repository do, so that the folder can be contributed there as it is.
 */
final class ArgoTestdataTest {

  /** Argo CD's tests replace the time of a request in the same way. */
  private static final String ANY_TIME = "0001-01-01T00:00:00Z";

  static Stream<Arguments> healthTests() {
    return Customization.all().stream()
        .flatMap(
            customization ->
                elements(folder(customization).resolve("health_test.yaml"), "/tests")
                    .map(test -> arguments(customization, test)));
  }

  static Stream<Arguments> discoveryTests() {
    return actionTests("/discoveryTests");
  }

  static Stream<Arguments> actionTests() {
    return actionTests("/actionTests");
  }

  @ParameterizedTest
  @MethodSource("healthTests")
  void healthIsAsExpected(Customization customization, JsonNode test) {
    // Given
    var object = object(folder(customization), test.path("inputPath"));

    // When
    var health = customization.healthOf(object);

    // Then
    assertThat(health)
        .isEqualTo(
            new Health(
                test.at("/healthStatus/status").asText(),
                test.at("/healthStatus/message").asText()));
  }

  @ParameterizedTest
  @MethodSource("discoveryTests")
  void offeredActionsAreAsExpected(Customization customization, JsonNode test) {
    // Given
    var object = object(actions(customization), test.path("inputPath"));
    var expected = new TreeMap<String, Boolean>();
    for (var action : test.path("result")) {
      expected.put(action.path("name").asText(), !action.path("disabled").asBoolean());
    }

    // When
    var offered = customization.actionsFor(object);

    // Then
    assertThat(offered).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("actionTests")
  void actionChangesTheObjectAsExpected(Customization customization, JsonNode test) {
    // Given
    var object = object(actions(customization), test.path("inputPath"));
    var expected = object(actions(customization), test.path("expectedOutputPath"));

    // When
    var changed = customization.act(test.path("action").asText(), object);

    // Then
    assertThat(withAnyTime(changed)).isEqualTo(ArgoLua.run("return obj", expected));
  }

  @Test
  void everyTestFileIsUsed() throws IOException {
    // Given
    var used = new ArrayList<Path>();
    for (var customization : Customization.all()) {
      used.addAll(paths(folder(customization), "health_test.yaml"));
      if (customization.hasActions()) {
        used.addAll(paths(actions(customization), "action_test.yaml"));
      }
    }

    // When
    try (var files = Files.walk(Customization.FOLDER)) {
      var stored =
          files.filter(file -> requireNonNull(file.getParent()).endsWith("testdata")).toList();

      // Then
      assertThat(used.stream().distinct()).containsExactlyInAnyOrderElementsOf(stored);
    }
  }

  private static Stream<Arguments> actionTests(String list) {
    return Customization.all().stream()
        .filter(Customization::hasActions)
        .flatMap(
            customization ->
                elements(actions(customization).resolve("action_test.yaml"), list)
                    .map(test -> arguments(customization, test)));
  }

  private static Path folder(Customization customization) {
    return Customization.FOLDER.resolve(customization.kind());
  }

  private static Path actions(Customization customization) {
    return folder(customization).resolve("actions");
  }

  private static Stream<JsonNode> elements(Path file, String list) {
    return StreamSupport.stream(yaml(file).at(list).spliterator(), false);
  }

  private static JsonNode object(Path folder, JsonNode path) {
    return yaml(folder.resolve(path.asText()));
  }

  private static List<Path> paths(Path folder, String tests) {
    return Stream.of("inputPath", "expectedOutputPath")
        .flatMap(key -> yaml(folder.resolve(tests)).findValuesAsText(key).stream())
        .map(folder::resolve)
        .toList();
  }

  private static JsonNode yaml(Path file) {
    return Serialization.unmarshal(TextFile.read(file), JsonNode.class);
  }

  private static JsonNode withAnyTime(JsonNode object) {
    if (object.at("/metadata/annotations") instanceof ObjectNode annotations) {
      for (var key :
          List.of("okchat.ai/reconcile-requested-at", "okchat.ai/refresh-requested-at")) {
        if (annotations.has(key)) {
          annotations.put(key, ANY_TIME);
        }
      }
    }
    return object;
  }
}
