package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** The number of documents of a source, in total and by state. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DocumentCounts(
    @JsonPropertyDescription("Number of documents in the source.") int desired,
    @JsonPropertyDescription(
            "Number of documents that the backend lists with the content of the source.")
        int accepted,
    @JsonPropertyDescription(
            "Number of documents that await their upload or that the backend does not list yet.")
        int pending,
    @JsonPropertyDescription(
            "Number of documents that the backend cannot ingest until they change.")
        int failed) {}
