package ai.okchat.crds;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The reference of all fields, {@code operator/docs/fields.md}, made from the CRDs. */
final class FieldReference {
  private static final String TABLE =
      """

      | field | type | default | description | rules |
      |---|---|---|---|---|
      """;

  private FieldReference() {}

  static String of(List<CustomResourceDefinition> crds) {
    return """
    # Fields

    Generated from the CRDs, do not edit. To refresh: `%s`

    All kinds are of group `okchat.ai`, version `v1alpha1`. The operator neither \
    sends nor compares a field that the spec omits and whose default is *not managed*. A field \
    that a user removes from the spec keeps its last value in the backend. The API server checks \
    the rules when an object is applied.
    """
            .formatted(CommittedFile.REFRESH)
        + crds.stream().map(FieldReference::section).collect(Collectors.joining());
  }

  private static String section(CustomResourceDefinition crd) {
    var names = crd.getSpec().getNames();
    var version = crd.getSpec().getVersions().getFirst();
    var root = version.getSchema().getOpenAPIV3Schema();
    return """

    ## %s

    %s

    Short name `%s`, category `okchat`, %s. Columns: %s.

    ### %1$s spec
    %s%s
    ### %1$s status
    %s\
    """
        .formatted(
            names.getKind(),
            root.getDescription(),
            String.join("`, `", names.getShortNames()),
            crd.getSpec().getScope().equals("Cluster") ? "cluster scoped" : "namespaced",
            columns(version.getAdditionalPrinterColumns()),
            table(root, "spec"),
            rulesOfTheWhole(root),
            table(root, "status"));
  }

  private static String columns(List<CustomResourceColumnDefinition> columns) {
    return columns.stream()
        .map(column -> column.getName() + (column.getPriority() == null ? "" : " (wide)"))
        .collect(Collectors.joining(", "));
  }

  private static String table(JSONSchemaProps root, String part) {
    return TABLE
        + partOf(root, part)
            .flatMap(schema -> FieldRow.below("", schema))
            .map(FieldRow::markdown)
            .collect(Collectors.joining());
  }

  /** The rules that are about more than one field. */
  private static String rulesOfTheWhole(JSONSchemaProps root) {
    return Stream.concat(Stream.of(root), partOf(root, "spec"))
        .flatMap(schema -> schema.getXKubernetesValidations().stream())
        .map(rule -> "\n* `spec%s` %s.".formatted(fieldOf(rule.getFieldPath()), rule.getMessage()))
        .collect(Collectors.joining("", "", "\n"));
  }

  private static String fieldOf(@Nullable String fieldPath) {
    return fieldPath == null ? "" : fieldPath.replaceFirst("^\\.spec", "");
  }

  private static Stream<JSONSchemaProps> partOf(JSONSchemaProps root, String part) {
    return Optional.ofNullable(root.getProperties().get(part)).stream();
  }
}
