package ai.okchat.operator.validation;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a schema: the field that it is about, with {@code [*]} for any item, and words that
 * the rejection holds. Limits of length are left out: their manifests would be as long as the
 * limits.
 */
record SchemaRule(String field, String telltale) {

  /** The rules of what a user writes; the status is the operator's own. */
  static List<SchemaRule> of(CustomResourceDefinition crd) {
    var root = crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
    var rules = new ArrayList<SchemaRule>();
    addOwn(rules, "", root);
    Optional.ofNullable(root.getProperties().get("spec"))
        .ifPresent(spec -> addAll(rules, "spec", spec));
    return rules;
  }

  /** Returns whether the error is about this rule. */
  boolean isBrokenBy(Rejection rejection) {
    return rejection.field().replaceAll("\\[\\d+]", "[*]").equals(field)
        && (rejection.message().contains(telltale) || telltale.contains(rejection.message()));
  }

  private static void addAll(List<SchemaRule> rules, String path, JSONSchemaProps schema) {
    addOwn(rules, path, schema);
    schema.getProperties().forEach((name, property) -> addAll(rules, path + "." + name, property));
    if (schema.getItems() != null) {
      addAll(rules, path + "[*]", schema.getItems().getSchema());
    }
  }

  private static void addOwn(List<SchemaRule> rules, String path, JSONSchemaProps schema) {
    for (var rule : schema.getXKubernetesValidations()) {
      rules.add(new SchemaRule(fieldOf(path, rule), rule.getMessage()));
    }
    for (var required : schema.getRequired()) {
      rules.add(new SchemaRule(path.isEmpty() ? required : path + "." + required, "Required"));
    }
    addIf(schema.getEnum().isEmpty() ? null : schema, rules, path, "Unsupported value");
    addIf(schema.getMinimum(), rules, path, "should be greater than");
    addIf(schema.getMaximum(), rules, path, "should be less than");
    addIf(schema.getPattern(), rules, path, "should match");
    addIf(schema.getMinItems(), rules, path, "should have at least");
    addIf(schema.getMinLength(), rules, path, "should be at least");
    addIf(
        "set".equals(schema.getXKubernetesListType()) ? schema : null,
        rules,
        path + "[*]",
        "Duplicate value");
  }

  private static void addIf(
      @Nullable Object limit, List<SchemaRule> rules, String path, String telltale) {
    if (limit != null) {
      rules.add(new SchemaRule(path, telltale));
    }
  }

  private static String fieldOf(String path, ValidationRule rule) {
    var field = path + Optional.ofNullable(rule.getFieldPath()).orElse("");
    return field.startsWith(".") ? field.substring(1) : field;
  }
}
