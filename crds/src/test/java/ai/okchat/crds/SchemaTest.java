package ai.okchat.crds;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Rules for every field of every kind. */
class SchemaTest {
  static final List<Class<? extends CustomResource<?, ?>>> KINDS = CrdGeneration.KINDS;

  /** Fields about how the operator works. Nothing of these is sent to the backend. */
  private static final List<String> MAY_HAVE_A_DEFAULT =
      List.of(
          "adoption",
          "allowInsecure",
          "backendRef.kind",
          "driftPolicy",
          "pollInterval",
          "prune",
          "pruneLimitPercent",
          "rateLimit",
          "rateLimit.burst",
          "rateLimit.requestsPerSecond",
          "refreshInterval",
          "requestTimeout",
          "suspend",
          "url",
          "web.failedLimitPercent");

  @ParameterizedTest
  @FieldSource("KINDS")
  void everyFieldIsDescribed(Class<? extends CustomResource<?, ?>> kind) {
    // When
    var undescribed =
        Stream.of("spec", "status")
            .flatMap(part -> fieldsOf(kind, part))
            .filter(field -> field.schema().getDescription() == null)
            .map(FieldRow::path);

    // Then
    assertThat(undescribed).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void everyTextAndListInSpecIsBounded(Class<? extends CustomResource<?, ?>> kind) {
    // When
    var unbounded =
        fieldsOf(kind, "spec").filter(field -> isUnbounded(field.schema())).map(FieldRow::path);

    // Then
    assertThat(unbounded).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void noDefaultMakesAFieldManaged(Class<? extends CustomResource<?, ?>> kind) {
    // When
    var defaulted =
        fieldsOf(kind, "spec")
            .filter(field -> field.schema().getDefault() != null)
            .map(FieldRow::path);

    // Then
    assertThat(defaulted).isSubsetOf(MAY_HAVE_A_DEFAULT);
  }

  private static Stream<FieldRow> fieldsOf(
      Class<? extends CustomResource<?, ?>> kind, String part) {
    var version = CrdGeneration.crdOf(kind).getSpec().getVersions().getFirst();
    var root = version.getSchema().getOpenAPIV3Schema();
    return Optional.ofNullable(root.getProperties().get(part)).stream()
        .flatMap(schema -> FieldRow.below("", schema));
  }

  private static boolean isUnbounded(JSONSchemaProps schema) {
    if (schema.getItems() != null) {
      return schema.getMaxItems() == null || isUnbounded(schema.getItems().getSchema());
    }
    return "string".equals(schema.getType())
        && schema.getEnum().isEmpty()
        && schema.getMaxLength() == null;
  }
}
