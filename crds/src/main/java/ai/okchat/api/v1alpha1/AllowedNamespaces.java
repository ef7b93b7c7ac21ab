package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The namespaces that may use a cluster scoped backend: those named, and those selected. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.names) || has(self.selector)",
    message = "must hold names, selector or both: leave it out to allow no namespace at all")
public record AllowedNamespaces(
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(min = 1, max = 256)
        @ValidationRule(
            value = "self.all(name, name.matches('^[a-z0-9]([a-z0-9-]*[a-z0-9])?$'))",
            message =
                "must be names of namespaces: lower-case letters, digits and hyphens, no wildcards"
                    + " (for many namespaces use selector)")
        @JsonPropertyDescription("Namespaces that may use this backend, by name.")
        List<@Size(max = 63) String> names,
    @JsonPropertyDescription(
            "Namespaces that may use this backend, by their labels. An empty selector selects all.")
        @Nullable LabelSelector selector) {

  public AllowedNamespaces {
    names = names == null ? List.of() : List.copyOf(names);
  }
}
