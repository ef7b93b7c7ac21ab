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

/** A question that has to lead to a document. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RetrievalCheck(
    @Required
        @Size(max = 1024)
        @ValidationRule(
            value = NOT_BLANK,
            message = "must not be blank: write what somebody would ask")
        @JsonPropertyDescription("What is asked of the knowledge base.")
        String query,
    @Size(max = 512)
        @ValidationRule(value = NOT_BLANK, message = NOT_BLANK_MESSAGE)
        @JsonPropertyDescription(
            "Name of the document that has to be among the results. Default: any result will do.")
        @Nullable String expectDocument,
    @Min(0)
        @Max(1)
        @JsonPropertyDescription(
            "Least similarity of the result, 0 to 1. Default: the backend's own threshold.")
        @Nullable Double minSimilarity) {}
