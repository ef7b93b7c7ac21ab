package ai.okchat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Checks manifests against the schemas of the CRDs: required and unknown fields, types, values and
 * sizes. The API server also checks patterns and CEL rules.
 */
final class ManifestSchema {
  private static final Set<String> OBJECT_FIELDS =
      Set.of("apiVersion", "kind", "metadata", "spec", "status");
  private static final Set<String> CONFIG_MAP_FIELDS =
      Set.of("apiVersion", "kind", "metadata", "data", "binaryData", "immutable");
  private static final int LONGEST_FIELD = 200;

  private final Map<ResourceType, JsonNode> specs = new HashMap<>();

  /** Fails with the name of the first field that the API server rejects. */
  void check(KubeObject manifest) {
    requireTexts(manifest, "metadata", "labels");
    requireTexts(manifest, "metadata", "annotations");
    if (manifest.type().equals(ResourceType.CONFIG_MAP)) {
      requireKnown(manifest, CONFIG_MAP_FIELDS);
      requireTexts(manifest, "data");
      requireTexts(manifest, "binaryData");
      requireBase64(manifest.json().path("binaryData"));
      return;
    }
    requireKnown(manifest, OBJECT_FIELDS);
    if (isAbsent(manifest.json().path("spec"))) {
      throw SpecReader.invalid("spec", "is required");
    }
    check(
        "spec",
        manifest.json().path("spec"),
        specs.computeIfAbsent(manifest.type(), ManifestSchema::read));
  }

  private static JsonNode read(ResourceType type) {
    var name = type.plural() + "." + type.group() + ".yaml";
    try (var file = Objects.requireNonNull(ManifestSchema.class.getResourceAsStream(name))) {
      JsonNode tree =
          JsonText.MAPPER.valueToTree(
              new Load(LoadSettings.builder().build()).loadFromInputStream(file));
      return tree.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireKnown(KubeObject manifest, Set<String> fields) {
    manifest
        .json()
        .fieldNames()
        .forEachRemaining(
            field -> {
              if (!fields.contains(field)) {
                throw invalid(field, "is not a field of a " + manifest.type().kind());
              }
            });
  }

  private static void requireTexts(KubeObject manifest, String... path) {
    var node = manifest.json();
    for (var field : path) {
      node = node.path(field);
    }
    var parent = String.join(".", path);
    if (!isAbsent(node) && !node.isObject()) {
      throw invalid(parent, "is %s, and needs a map of texts".formatted(shape(node)));
    }
    for (var entry : node.properties()) {
      if (!entry.getValue().isTextual() && !entry.getValue().isNull()) {
        throw invalid(
            parent + "." + entry.getKey(),
            "is %s, and needs a text: put the value in quotes".formatted(shape(entry.getValue())));
      }
    }
  }

  private static void requireBase64(JsonNode values) {
    for (var entry : values.properties()) {
      if (entry.getValue().isTextual() && DiffInputs.decoded(entry.getValue()).isEmpty()) {
        throw invalid("binaryData." + entry.getKey(), "needs base64");
      }
    }
  }

  private static void check(String field, JsonNode value, JsonNode schema) {
    var type = schema.path("type").asText();
    mismatch(value, type)
        .ifPresent(
            need -> {
              throw invalid(field, "is %s, and needs %s".formatted(shape(value), need));
            });
    switch (type) {
      case "object" -> checkFields(field, value, schema);
      case "array" -> {
        requireSize(field, value.size(), schema, "Items", "items");
        for (var i = 0; i < value.size(); i++) {
          check(field + "[" + i + "]", value.get(i), schema.path("items"));
        }
      }
      case "string" -> {
        var text = value.textValue();
        requireSize(field, text.codePointCount(0, text.length()), schema, "Length", "characters");
        requireListed(field, text, schema.path("enum"));
      }
      default -> requireRange(field, value, schema);
    }
  }

  private static void checkFields(String field, JsonNode value, JsonNode schema) {
    for (var required : schema.path("required")) {
      if (isAbsent(value.path(required.asText()))) {
        throw invalid(field + "." + required.asText(), "is required");
      }
    }
    requireSize(field, value.size(), schema, "Properties", "fields");
    var others = schema.path("additionalProperties");
    for (var entry : value.properties()) {
      var name = field + "." + entry.getKey();
      var known = schema.path("properties").path(entry.getKey());
      if (known.isMissingNode() && !others.isObject()) {
        throw invalid(name, "is not a field of this version");
      }
      // The API server removes fields without a value.
      if (!entry.getValue().isNull()) {
        check(name, entry.getValue(), known.isMissingNode() ? others : known);
      }
    }
  }

  /** Returns the value that a field of this type needs; empty if it has one. */
  private static Optional<String> mismatch(JsonNode value, String type) {
    return switch (type) {
      case "string" -> need(value.isTextual(), "a text: put the value in quotes");
      case "boolean" -> need(value.isBoolean(), "true or false, without quotes");
      case "integer" -> need(value.isIntegralNumber(), "a whole number, without quotes");
      case "number" -> need(value.isNumber(), "a number, without quotes");
      case "array" -> need(value.isArray(), "a list");
      default -> need(value.isObject(), "a map of fields");
    };
  }

  /** Names the type of a value as YAML does; {@code yes} and {@code on} are booleans too. */
  private static String shape(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "a text";
      case BOOLEAN -> "a boolean";
      case NUMBER -> "a number";
      case ARRAY -> "a list";
      case OBJECT -> "a map of fields";
      default -> "empty";
    };
  }

  private static Optional<String> need(boolean isMet, String need) {
    return isMet ? Optional.empty() : Optional.of(need);
  }

  private static void requireListed(String field, String text, JsonNode allowed) {
    var values = new ArrayList<String>();
    allowed.forEach(value -> values.add(value.asText()));
    if (!values.isEmpty() && !values.contains(text)) {
      throw invalid(field, "needs one of: " + String.join(", ", values));
    }
  }

  private static void requireRange(String field, JsonNode value, JsonNode schema) {
    for (var bound : List.of("minimum", "maximum")) {
      var limit = schema.path(bound);
      var order = limit.isNumber() ? Double.compare(value.doubleValue(), limit.doubleValue()) : 0;
      if (bound.equals("minimum") ? order < 0 : order > 0) {
        throw invalid(
            field,
            "has the %s %s"
                .formatted(bound, limit.decimalValue().stripTrailingZeros().toPlainString()));
      }
    }
  }

  private static void requireSize(
      String field, int size, JsonNode schema, String suffix, String unit) {
    if (size < schema.path("min" + suffix).asInt(0)) {
      throw invalid(
          field, "needs at least %d %s".formatted(schema.path("min" + suffix).asInt(), unit));
    }
    if (size > schema.path("max" + suffix).asInt(Integer.MAX_VALUE)) {
      throw invalid(
          field, "can have at most %d %s".formatted(schema.path("max" + suffix).asInt(), unit));
    }
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private static PluginException invalid(String field, String why) {
    return SpecReader.invalid(VisibleText.bounded(field, LONGEST_FIELD), why);
  }
}
