package ai.okchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The fields that an import reads, against the schema that the API server applies. */
class ImportedFieldTest {
  /** Fields that the API does not return, and fields for the operator. */
  private static final Set<String> NOT_READ =
      Set.of(
          "adoption",
          "avatar",
          "backendRef",
          "chatWidget",
          "deletionPolicy",
          "driftPolicy",
          "ignoreFields",
          "prompt",
          "promptFrom",
          "slug",
          "suspend");

  static List<ImportedField> fields() {
    return ImportedField.ALL;
  }

  @Test
  void coversEachFieldOfTheSpecThatTheApiReturns() throws IOException {
    assertThat(fields()).extracting(ImportedField::title).hasSameElementsAs(leaves("", spec()));
  }

  @ParameterizedTest
  @MethodSource("fields")
  void hasTheBoundsOfTheSchema(ImportedField field) throws IOException {
    // When
    var schema = spec();
    for (var name : field.title().split("\\.", -1)) {
      schema = schema.path("properties").path(name);
    }

    // Then
    assertThat(schema.path("type").asText()).isEqualTo(typeOfSchema(field.type()));
    switch (field.type()) {
      case WHOLE_NUMBER, NUMBER ->
          assertThat(List.of(field.least(), field.most()))
              .containsExactly(
                  schema.path("minimum").asLong(-1), schema.path("maximum").asLong(-1));
      case FLAG -> assertThat(schema.has("x-kubernetes-validations")).isFalse();
      default -> {
        assertThat(field.most()).isEqualTo(schema.path("maxLength").asLong());
        assertThat(schema.at("/x-kubernetes-validations/0/message").asText())
            .startsWith(ruleOf(field.type()));
      }
    }
  }

  private static String typeOfSchema(ImportedField.Type type) {
    return switch (type) {
      case TEXT, WORD, LINK, COLOR -> "string";
      case WHOLE_NUMBER -> "integer";
      case NUMBER -> "number";
      case FLAG -> "boolean";
    };
  }

  private static String ruleOf(ImportedField.Type type) {
    return switch (type) {
      case WORD -> "must not be blank";
      case LINK -> "must be an http or https link";
      case COLOR -> "must be a colour";
      default -> "";
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name | `\"  \"` | is blank",
        "name | true | is not a text",
        "name | `\"a\\ud83d\"` | has a control character that a server-side apply cannot keep",
        "name | `\"a\\u007f\"` | has a control character that a server-side apply cannot keep",
        "name | `\"a\\u0085\"` | has a control character that a server-side apply cannot keep",
        "name | `\"a\\u009b\"` | has a control character that a server-side apply cannot keep",
        "name | `\"a\\uffff\"` | has a control character that a server-side apply cannot keep",
        "public | `\"yes\"` | is not true or false",
        "snippet.primaryColor | `\"red\"` | is not a colour as #RGB or #RRGGBB",
        "snippet.primaryColor | `\"#4F46E5FF\"` | has 9 characters, and the limit is 7",
        "snippet.logo | `\"javascript:alert(1)\"` | is not an http or https link without a user"
            + " name",
        "snippet.logo | `\"https://me:word@a.example\"` | is not an http or https link without a"
            + " user name",
        "snippet.logo | `\"https://a.example/%zz\"` | is not an http or https link without a user"
            + " name",
        "snippet.logo | `\"https://a.example/a b\"` | is not an http or https link without a user"
            + " name",
        "snippet.logo | `\"https://a.example:99999/\"` | is not an http or https link without a"
            + " user name",
        "voiceAgent.appearance.buttonRadius | 2.5 | is not a whole number",
        "voiceAgent.appearance.buttonRadius | 1e99 | is not a number from 0 to 1000",
        "voiceAgent.appearance.buttonRadius | `\"32\"` | is not a number from 0 to 1000",
        "voiceAgent.model.maxOutputTokens | 0 | is not a number from 1 to 1000000",
        "voiceAgent.model.temperature | -0.1 | is not a number from 0 to 1"
      })
  void leavesOutWhatTheSchemaRejects(String title, String value, String problem) {
    assertThat(reading(title, value)).isEqualTo(new ImportedField.Reading(null, problem));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "greeting | `\"\"` | `\"\"`",
        "greeting | `\"\\u0000 \\u202e한국어 \"` | `\"\\u0000 \\u202e한국어 \"`",
        "snippet.logo | `\"https://한국.example:8080/로고.png?a=%20#b\"` |"
            + " `\"https://한국.example:8080/로고.png?a=%20#b\"`",
        "snippet.logo | `\"http://[::1]/l.png\"` | `\"http://[::1]/l.png\"`",
        "snippet.primaryColor | `\"#AbC\"` | `\"#AbC\"`",
        "voiceAgent.appearance.buttonRadius | 32.0 | 32",
        "voiceAgent.model.temperature | 0.70 | 0.7",
        "voiceAgent.model.temperature | 1e-999999999 | 0.0",
        "voiceAgent.model.temperature | 1 | 1.0",
        "public | false | false"
      })
  void keepsWhatTheSchemaAccepts(String title, String value, String expected) {
    // When
    var reading = reading(title, value);

    // Then
    assertThat(reading.problem()).isEmpty();
    assertThat(String.valueOf(reading.value())).isEqualTo(json(expected).toString());
  }

  @ParameterizedTest
  @CsvSource({"model", "snippet.logo", "snippet.primaryColor", "name"})
  void treatsAnEmptyTextThatTheSchemaRejectsAsNone(String title) {
    assertThat(reading(title, "\"\"")).isEqualTo(ImportedField.Reading.ABSENT);
  }

  @ParameterizedTest
  @MethodSource("fields")
  void acceptsTheLimitAndNoneAboveIt(ImportedField field) {
    switch (field.type()) {
      case TEXT, WORD -> {
        assertThat(read(field, "\"" + "🤖".repeat((int) field.most()) + "\"").problem()).isEmpty();
        assertThat(read(field, "\"" + "🤖".repeat((int) field.most() + 1) + "\"").problem())
            .startsWith("has");
      }
      case LINK -> {
        var link = "https://a.example/" + "a".repeat((int) field.most() - 18);
        assertThat(read(field, "\"" + link + "\"").problem()).isEmpty();
        assertThat(read(field, "\"" + link + "a\"").problem()).startsWith("has");
      }
      case WHOLE_NUMBER, NUMBER -> {
        assertThat(read(field, "" + field.most()).problem()).isEmpty();
        assertThat(read(field, "" + field.least()).problem()).isEmpty();
        assertThat(read(field, "" + (field.most() + 1)).problem()).startsWith("is not");
        assertThat(read(field, "" + (field.least() - 1)).problem()).startsWith("is not");
      }
      case COLOR, FLAG -> assertThat(read(field, "null")).isEqualTo(ImportedField.Reading.ABSENT);
    }
  }

  private static ImportedField.Reading reading(String title, String value) {
    var field = fields().stream().filter(one -> one.title().equals(title)).findFirst();
    return read(field.orElseThrow(), value);
  }

  private static ImportedField.Reading read(ImportedField field, String value) {
    var bot = JsonText.object();
    var parent = field.api().head();
    (parent.equals(JsonPointer.empty()) ? bot : bot.withObject(parent))
        .set(field.api().last().getMatchingProperty(), json(value));
    return field.read(bot);
  }

  private static JsonNode json(String text) {
    try {
      return JsonText.MAPPER.readTree(text);
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static JsonNode spec() throws IOException {
    var crd = Files.readString(Path.of("../../crds/chatbots.okchat.ai.yaml"));
    JsonNode tree =
        JsonText.MAPPER.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(crd));
    return tree.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
  }

  private static List<String> leaves(String parent, JsonNode schema) {
    if (!schema.has("properties")) {
      return List.of(parent);
    }
    var leaves = new ArrayList<String>();
    schema
        .path("properties")
        .properties()
        .forEach(
            field -> {
              var path = parent.isEmpty() ? field.getKey() : parent + "." + field.getKey();
              if (!NOT_READ.contains(path)) {
                leaves.addAll(leaves(path, field.getValue()));
              }
            });
    return leaves;
  }
}
