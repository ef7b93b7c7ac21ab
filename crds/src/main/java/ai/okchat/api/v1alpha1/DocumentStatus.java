package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** How one document fares. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DocumentStatus(
    @Required @Size(max = 512) @JsonPropertyDescription("Name of the document in the source.")
        String name,
    @Size(max = 128) @JsonPropertyDescription("Digest of its bytes.") @Nullable String digest,
    @Size(max = 128) @JsonPropertyDescription("Id that the backend gave to it, once it was listed.")
        @Nullable String id,
    @Required @JsonPropertyDescription("Accepted, Pending or Failed.") DocumentState state,
    @Size(max = 1024) @JsonPropertyDescription("What is the matter, when something is.")
        @Nullable String message) {}
