package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** How many documents are where. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DocumentCounts(
    @JsonPropertyDescription("Documents that the source has.") int desired,
    @JsonPropertyDescription("Documents that the backend lists as they are in the source.")
        int accepted,
    @JsonPropertyDescription("Documents that are on their way.") int pending,
    @JsonPropertyDescription("Documents that can not be ingested as they are.") int failed) {}
