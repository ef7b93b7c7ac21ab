package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * A create that is not resolved yet, on an account that namespaces share. Users can edit
 * annotations; only the operator writes the status.
 *
 * @param at RFC 3339
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RecordedClaim(
    @Required @Size(max = 256) @JsonPropertyDescription("Slug of the bot that was asked for.")
        String slug,
    @Required @Size(max = 64) @JsonPropertyDescription("When it was asked for (RFC 3339).")
        String at) {}
