package ai.okchat.api.v1alpha1;

import static ai.okchat.api.v1alpha1.Rules.NOT_BLANK;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A document whose content is in the spec. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InlineDocument(
    @Required
        @Size(max = 128)
        @ValidationRule(
            value =
                "self.matches(r'^[\\p{L}\\p{N}]([\\p{L}\\p{M}\\p{N}._ -]*[\\p{L}\\p{M}\\p{N}])?$')",
            message =
                "must be a name of letters, digits, spaces, dots, hyphens and underscores, with a"
                    + " letter or digit at both ends, for example opening-hours")
        @JsonPropertyDescription(
            "Name of the document, unique in the list. It is part of the title in the backend.")
        String name,
    @Required
        @Size(max = 262144)
        @ValidationRule(
            value = NOT_BLANK,
            message = "must not be blank: write the document, or remove it from the list")
        @JsonPropertyDescription("Content of the document in Markdown, at most 262144 characters.")
        String text) {
  /** Contains no text, because logs contain specs. */
  @Override
  public String toString() {
    return "InlineDocument[name=" + name + ", characters=" + text.length() + "]";
  }
}
