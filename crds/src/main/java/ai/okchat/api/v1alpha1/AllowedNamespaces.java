package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The namespaces that may use a cluster-scoped backend, selected by name or by label. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.names) || has(self.selector)",
    message = "must contain names, selector or both: omit it to allow no namespace at all")
public record AllowedNamespaces(
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(min = 1, max = 256)
        @ValidationRule(
            value = "self.all(name, name.matches('^[a-z0-9]([a-z0-9-]*[a-z0-9])?$'))",
            message =
                "must be names of namespaces: lower-case letters, digits and hyphens, no wildcards"
                    + " (for many namespaces use selector)")
        @JsonPropertyDescription("Names of the namespaces that may use this backend.")
        List<@Size(max = 63) String> names,
    @JsonPropertyDescription(
            "Label selector for the namespaces that may use this backend. An empty selector selects"
                + " all namespaces.")
        @Nullable LabelSelector selector) {

  public AllowedNamespaces {
    names = names == null ? List.of() : List.copyOf(names);
  }
}
