package ai.okchat.crds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The schemas of Kubernetes' own types, with the limits that the API server puts on them elsewhere.
 * The generator knows only what their Java classes say.
 */
final class StandardSchemas {
  private static final String LABEL_KEY =
      "^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$";
  private static final String LABEL_VALUE = "^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$";

  private StandardSchemas() {}

  /** The schema of the named property, replaced where the property has a standard type. */
  static JSONSchemaProps replace(String property, JSONSchemaProps generated) {
    return switch (property) {
      case "conditions" -> conditions(generated.getDescription());
      case "selector" -> labelSelector(generated.getDescription());
      case "ignoreFields", "names" -> setOf(generated);
      default -> generated;
    };
  }

  /** Keyed by type, so that two appliers may own a condition each. */
  private static JSONSchemaProps conditions(@Nullable String description) {
    return new JSONSchemaPropsBuilder()
        .withType("array")
        .withDescription(description)
        .withXKubernetesListType("map")
        .withXKubernetesListMapKeys("type")
        .withMaxItems(32L)
        .withNewItems()
        .withSchema(condition())
        .endItems()
        .build();
  }

  private static JSONSchemaProps condition() {
    return new JSONSchemaPropsBuilder()
        .withType("object")
        .withRequired("lastTransitionTime", "message", "reason", "status", "type")
        .addToProperties("type", text("The type of the condition, such as Ready.", 1, 316))
        .addToProperties(
            "status", oneOf("The status of the condition.", "False", "True", "Unknown"))
        .addToProperties(
            "reason",
            new JSONSchemaPropsBuilder(
                    text(
                        "The reason of the last transition, in one word. operator/docs/reasons.md"
                            + " explains each.",
                        1,
                        1024))
                .withPattern("^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$")
                .build())
        .addToProperties(
            "message",
            text("Describes the state, and the action that a user has to take.", 0, 32768))
        .addToProperties("lastTransitionTime", time("The time of the last change of the status."))
        .addToProperties("observedGeneration", generation())
        .build();
  }

  private static JSONSchemaProps labelSelector(@Nullable String description) {
    return new JSONSchemaPropsBuilder()
        .withType("object")
        .withDescription(description)
        .addToProperties("matchLabels", labels())
        .addToProperties(
            "matchExpressions", list("Requirements, all of which must hold.", requirement(), 16))
        .build();
  }

  private static JSONSchemaProps labels() {
    return new JSONSchemaPropsBuilder()
        .withType("object")
        .withDescription("Labels and their values. An object must have all of them.")
        .withMaxProperties(16L)
        .withNewAdditionalProperties()
        .withSchema(labelValue())
        .endAdditionalProperties()
        .build();
  }

  private static JSONSchemaProps requirement() {
    return new JSONSchemaPropsBuilder()
        .withType("object")
        .withRequired("key", "operator")
        .addToProperties(
            "key",
            new JSONSchemaPropsBuilder(text("Name of the label.", 0, 316))
                .withPattern(LABEL_KEY)
                .build())
        .addToProperties(
            "operator",
            oneOf("How label and values go together.", "DoesNotExist", "Exists", "In", "NotIn"))
        .addToProperties("values", list("Values, for In and NotIn only.", labelValue(), 64))
        .build();
  }

  private static JSONSchemaProps labelValue() {
    return new JSONSchemaPropsBuilder()
        .withType("string")
        .withMaxLength(63L)
        .withPattern(LABEL_VALUE)
        .build();
  }

  private static JSONSchemaProps setOf(JSONSchemaProps list) {
    return new JSONSchemaPropsBuilder(list).withXKubernetesListType("set").build();
  }

  private static JSONSchemaProps list(String description, JSONSchemaProps items, long max) {
    return new JSONSchemaPropsBuilder()
        .withType("array")
        .withDescription(description)
        .withMaxItems(max)
        .withNewItems()
        .withSchema(items)
        .endItems()
        .build();
  }

  private static JSONSchemaProps text(String description, long min, long max) {
    return new JSONSchemaPropsBuilder()
        .withType("string")
        .withDescription(description)
        .withMinLength(min == 0 ? null : min)
        .withMaxLength(max)
        .build();
  }

  private static JSONSchemaProps oneOf(String description, String... values) {
    return new JSONSchemaPropsBuilder()
        .withType("string")
        .withDescription(description)
        .withEnum(Arrays.stream(values).<JsonNode>map(TextNode::valueOf).toList())
        .build();
  }

  private static JSONSchemaProps time(String description) {
    return new JSONSchemaPropsBuilder()
        .withType("string")
        .withFormat("date-time")
        .withDescription(description)
        .build();
  }

  private static JSONSchemaProps generation() {
    return new JSONSchemaPropsBuilder()
        .withType("integer")
        .withFormat("int64")
        .withMinimum(0.0)
        .withDescription("Generation of the spec that the condition is about.")
        .build();
  }
}
