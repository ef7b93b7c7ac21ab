package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * A create that is not resolved yet. Users can edit annotations; only the operator writes the
 * status.
 *
 * @param uid of the Chatbot that asked
 * @param at RFC 3339
 * @param account 8 hex digits: a digest of the URL and the API key that is specific to the Chatbot;
 *     null if the record of it was lost
 * @param organizationId null if the account had no bot
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecordedClaim(
    @Required @Size(max = 256) @JsonPropertyDescription("Slug of the bot that was asked for.")
        String slug,
    @Required @Size(max = 128) @JsonPropertyDescription("Uid of the Chatbot that asked for it.")
        String uid,
    @Required @Size(max = 64) @JsonPropertyDescription("When it was asked for (RFC 3339).")
        String at,
    @Size(max = 64)
        @JsonPropertyDescription(
            "Identifies the account that the create was sent to: the URL and the API key, as eight"
                + " digits of a digest.")
        @Nullable String account,
    @Size(max = 256) @JsonPropertyDescription("Organization of that account, if it had a bot then.")
        @Nullable String organizationId) {}
