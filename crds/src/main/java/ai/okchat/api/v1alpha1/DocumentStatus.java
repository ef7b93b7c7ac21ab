package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The observed state of one document. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DocumentStatus(
    @Required @Size(max = 512) @JsonPropertyDescription("Name of the document in the source.")
        String name,
    @Size(max = 128) @JsonPropertyDescription("Digest of the content of the document.")
        @Nullable String digest,
    @Size(max = 128)
        @JsonPropertyDescription(
            "ID that the backend assigned to the document. Absent until the backend lists the"
                + " document.")
        @Nullable String id,
    @Required
        @JsonPropertyDescription(
            "State of the document: Accepted, Pending or Failed; or Skipped for a file that"
                + " is no document by the rules of the source.")
        DocumentState state,
    @Size(max = 1024)
        @JsonPropertyDescription(
            "Description of the problem, or why the file is skipped. Absent if the document has no"
                + " problem.")
        @Nullable String message) {}
