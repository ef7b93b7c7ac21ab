package ai.okchat.api.v1alpha1;

import static ai.okchat.api.v1alpha1.Rules.GLOBS;
import static ai.okchat.api.v1alpha1.Rules.GLOBS_MESSAGE;
import static ai.okchat.api.v1alpha1.Rules.OBJECT_NAME;
import static ai.okchat.api.v1alpha1.Rules.OBJECT_NAME_MESSAGE;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ConfigMaps whose keys are documents: one by its name, or all that match a selector. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.name) != has(self.selector)",
    message = "must contain exactly one of name and selector")
@ValidationRule(
    value =
        "!has(self.selector) || has(self.selector.matchLabels)"
            + " || has(self.selector.matchExpressions)",
    message =
        "must contain matchLabels or matchExpressions: an empty selector would select every"
            + " ConfigMap of the namespace",
    fieldPath = ".selector")
public record ConfigMapSource(
    @Size(max = 253)
        @ValidationRule(value = OBJECT_NAME, message = OBJECT_NAME_MESSAGE)
        @JsonPropertyDescription(
            "Name of one ConfigMap, in the namespace of this object. Mutually exclusive with"
                + " selector.")
        @Nullable String name,
    @JsonPropertyDescription(
            "Label selector for ConfigMaps in the namespace of this object. An empty selector is"
                + " not allowed. Mutually exclusive with name.")
        @Nullable LabelSelector selector,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 64)
        @ValidationRule(value = GLOBS, message = GLOBS_MESSAGE)
        @JsonPropertyDescription(
            "Globs, such as *.md, for the keys in data and binaryData that are documents. Default:"
                + " all.")
        List<@Size(max = 256) String> include) {
  public ConfigMapSource {
    include = include == null ? List.of() : List.copyOf(include);
  }
}
