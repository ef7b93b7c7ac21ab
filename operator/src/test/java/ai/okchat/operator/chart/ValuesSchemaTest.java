package ai.okchat.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.okchat.operator.testing.Chart;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesSchemaTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "imgae: {tag: v1}                      | additional properties 'imgae' not allowed",
        "image: {tga: v1}                      | at '/image': additional properties 'tga' not"
            + " allowed",
        "replicaCount: two                     | at '/replicaCount': got string, want integer",
        "scope: everything                     | value must be one of 'cluster', 'namespaced'",
        "watchNamespaces: [Team_A]             | at '/watchNamespaces/0': 'Team_A' does not match"
            + " pattern",
        "fetchAllowCidrs: [10.1.0.0]           | at '/fetchAllowCidrs/0': '10.1.0.0' does not match"
            + " pattern",
        "networkPolicy: {egressPorts: []}      | at '/networkPolicy/egressPorts': minItems",
        "networkPolicy: {egressCidrs: [10.0.0.0/33]} | at '/networkPolicy/egressCidrs/0':"
            + " '10.0.0.0/33' does not match pattern",
        "networkPolicy: {apiServerCidrs: ['::ffff:10.0.0.0/104']} | at"
            + " '/networkPolicy/apiServerCidrs/0': '::ffff:10.0.0.0/104' does not match pattern",
        "networkPolicy: {egresPorts: [22]}     | additional properties 'egresPorts' not allowed",
        "resources: {limit: {memory: 1Gi}}     | at '/resources': additional properties 'limit' not"
            + " allowed",
        "image: {digest: abc}                  | at '/image/digest': 'abc' does not match pattern",
        "extraEnv: [{nmae: A, value: b}]       | additional properties 'nmae' not allowed",
        "admissionPolicies: {promptSecret: {}} | additional properties 'promptSecret' not allowed",
        "podDisruptionBudget: {maxUnavailable: 0} | at '/podDisruptionBudget/maxUnavailable'",
        "managementPort: 80                    | at '/managementPort': minimum: got 80, want 1,024",
      })
  void rejectsMistakeWithItsPathAndName(String values, String words) {
    // When
    var attempt = assertThatThrownBy(() -> Chart.OURS.render("okchat-operator", "okchat", values));

    // Then
    attempt.hasMessageContaining(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{replicaCount: 2, leaderElection: {enabled: false}} | leaderElection.enabled must be true",
        "{scope: namespaced, admissionPolicies: {promptSecrets: {enabled: true}}}"
            + " | admissionPolicies.promptSecrets.enabled needs scope: cluster",
        "{admissionPolicies: {allowedModels: {enabled: true}}} | allowedModels.models is empty",
        "{defaultBackend: {create: true, url: 'http://backend'}} | use https, or set"
            + " defaultBackend.allowInsecure",
        "{sandbox: {enabled: true}, defaultBackend: {namespace: other}} | leave"
            + " defaultBackend.namespace empty",
      })
  void rejectsContradictingValuesWithAFix(String values, String words) {
    // When
    var attempt = assertThatThrownBy(() -> Chart.OURS.render("okchat-operator", "okchat", values));

    // Then
    attempt.hasMessageContaining(words);
  }

  @Test
  void schemaHasExactlyTheExistingValues() throws IOException {
    // Given
    var schema = schema();
    var values = JSON.valueToTree(Serialization.unmarshal(read("values.yaml"), Object.class));

    // When
    var inSchema = new TreeSet<String>();
    var inValues = new TreeSet<String>();
    collect(schema, values, "", inSchema, inValues);

    // Then
    inSchema.remove("/global"); // Helm passes it to all subcharts.
    assertThat(inValues).isEqualTo(inSchema);
  }

  @Test
  void noObjectOfTheChartAcceptsUnknownKeys() throws IOException {
    // When
    var open = new ArrayList<String>();
    collectOpen(schema(), "", open);

    // Then
    assertThat(open).isEmpty();
  }

  @Test
  void everyValueIsDocumented() throws IOException {
    // Given
    var documented =
        DocumentedValues.parse(read("values.yaml")).values().stream()
            .map(value -> "/" + value.path().replace('.', '/'))
            .toList();

    // When
    var leaves = new ArrayList<String>();
    collectLeaves(schema(), "", leaves);

    // Then
    leaves.remove("/global");
    assertThat(documented).containsAll(leaves).doesNotHaveDuplicates();
  }

  /** Names of keys on both sides, as far as the schema lists keys and the values have them. */
  private static void collect(
      JsonNode schema, JsonNode values, String path, Set<String> known, Set<String> given) {
    schema.path("properties").fieldNames().forEachRemaining(field -> known.add(path + "/" + field));
    values.fieldNames().forEachRemaining(field -> given.add(path + "/" + field));
    for (var property : schema.path("properties").properties()) {
      var below = values.path(property.getKey());
      if (property.getValue().has("properties") && below.isObject() && !isOptional(property)) {
        collect(property.getValue(), below, path + "/" + property.getKey(), known, given);
      }
    }
  }

  /** Kubernetes' own shapes, whose keys need not all be given. */
  private static boolean isOptional(Map.Entry<String, JsonNode> property) {
    return List.of("resources", "namespaceSelector").contains(property.getKey());
  }

  private static void collectOpen(JsonNode schema, String path, List<String> open) {
    if (schema.has("properties") && schema.path("additionalProperties").asBoolean(true)) {
      open.add(path);
    }
    for (var property : schema.path("properties").properties()) {
      collectOpen(property.getValue(), path + "/" + property.getKey(), open);
    }
    if (schema.has("items")) {
      collectOpen(schema.path("items"), path + "/items", open);
    }
  }

  private static void collectLeaves(JsonNode schema, String path, List<String> leaves) {
    for (var property : schema.path("properties").properties()) {
      var below = path + "/" + property.getKey();
      if (property.getValue().has("properties") && !isOptional(property)) {
        collectLeaves(property.getValue(), below, leaves);
      } else {
        leaves.add(below);
      }
    }
  }

  private static JsonNode schema() throws IOException {
    return JSON.readTree(read("values.schema.json"));
  }

  private static String read(String file) throws IOException {
    return Files.readString(Chart.OURS.directory().resolve(file));
  }
}
