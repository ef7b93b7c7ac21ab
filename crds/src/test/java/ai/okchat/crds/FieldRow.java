package ai.okchat.crds;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One row of a table of fields. */
record FieldRow(String path, JSONSchemaProps schema, boolean required) {
  /** Types of Kubernetes, whose fields are documented elsewhere. */
  private static final Set<String> STANDARD = Set.of("conditions", "selector");

  private static final Pattern DEFAULT = Pattern.compile(" ?Default: ([^.]*)\\.");

  /** The rows of all fields below a schema, depth first. */
  static Stream<FieldRow> below(String prefix, JSONSchemaProps parent) {
    return parent.getProperties().entrySet().stream()
        .flatMap(
            field -> {
              var path = prefix + field.getKey();
              var required = parent.getRequired().contains(field.getKey());
              var row = Stream.of(new FieldRow(path, field.getValue(), required));
              return STANDARD.contains(field.getKey())
                  ? row
                  : Stream.concat(row, belowField(path, field.getValue()));
            });
  }

  private static Stream<FieldRow> belowField(String path, JSONSchemaProps schema) {
    return schema.getItems() == null
        ? below(path + ".", schema)
        : below(path + "[].", schema.getItems().getSchema());
  }

  String markdown() {
    return Stream.of("`" + path + "`", type(), defaultValue(), description(), rules())
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private String type() {
    return switch (path.substring(path.lastIndexOf('.') + 1)) {
      case "conditions" -> "list of metav1.Condition";
      case "selector" -> "metav1.LabelSelector";
      default ->
          schema.getItems() == null
              ? schema.getType()
              : "list of " + schema.getItems().getSchema().getType();
    };
  }

  private String defaultValue() {
    var written = DEFAULT.matcher(schema.getDescription());
    return schema.getDefault() != null
        ? "`" + text(schema.getDefault()) + "`"
        : written.find() ? written.group(1) : "";
  }

  private String description() {
    return DEFAULT.matcher(schema.getDescription()).replaceAll("").strip();
  }

  private String rules() {
    var rules = new ArrayList<String>();
    add(rules, "", required ? "required" : null);
    add(rules, "one of ", schema.getEnum().isEmpty() ? null : values(schema.getEnum()));
    add(
        rules,
        Boolean.TRUE.equals(schema.getExclusiveMinimum()) ? "more than " : "at least ",
        number(schema.getMinimum()));
    add(rules, "at most ", number(schema.getMaximum()));
    add(rules, "characters: at most ", schema.getMaxLength());
    add(rules, "items: at least ", schema.getMinItems());
    add(rules, "items: at most ", schema.getMaxItems());
    add(rules, "", "set".equals(schema.getXKubernetesListType()) ? "no item twice" : null);
    schema.getXKubernetesValidations().forEach(rule -> rules.add(rule.getMessage()));
    return String.join("; ", rules);
  }

  private static void add(List<String> rules, String words, @Nullable Object limit) {
    Optional.ofNullable(limit).ifPresent(value -> rules.add(words + value));
  }

  private static @Nullable String number(@Nullable Double limit) {
    return limit == null ? null : limit % 1 == 0 ? "" + limit.longValue() : limit.toString();
  }

  private static String values(List<JsonNode> values) {
    return values.stream().map(FieldRow::text).collect(Collectors.joining("`, `", "`", "`"));
  }

  private static String text(JsonNode value) {
    return value.isTextual()
        ? value.textValue()
        : value.toString().replaceAll("\\.0(?=[,}]|$)", "");
  }
}
