package ai.okchat.api.v1alpha1;

import static ai.okchat.api.v1alpha1.Rules.NOT_BLANK;
import static ai.okchat.api.v1alpha1.Rules.NOT_BLANK_MESSAGE;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A question to the knowledge base, and the expected result. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RetrievalCheck(
    @Required
        @Size(max = 1024)
        @ValidationRule(
            value = NOT_BLANK,
            message = "must not be blank: write a question of a user")
        @JsonPropertyDescription("Question to the knowledge base, at most 1024 characters.")
        String query,
    @Size(max = 512)
        @ValidationRule(value = NOT_BLANK, message = NOT_BLANK_MESSAGE)
        @JsonPropertyDescription(
            "Name of the document that must be among the results. Default: any result is accepted.")
        @Nullable String expectDocument,
    @Min(0)
        @Max(1)
        @JsonPropertyDescription(
            "Minimum similarity of the result, 0 to 1. Default: the threshold of the backend.")
        @Nullable Double minSimilarity) {}
