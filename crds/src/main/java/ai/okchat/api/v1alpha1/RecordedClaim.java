package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * The claim of a create request whose result is unknown. The record is in the status, which only
 * the operator writes, because users can edit annotations.
 *
 * @param uid UID of the Chatbot that requested the bot
 * @param at time of the request, RFC 3339
 * @param account 8 hex digits: a digest of the URL and the API key that is specific to the Chatbot;
 *     null if its record was lost
 * @param organizationId null if the account had no bot
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecordedClaim(
    @Required @Size(max = 256) @JsonPropertyDescription("Slug of the requested bot.") String slug,
    @Required
        @Size(max = 128)
        @JsonPropertyDescription("UID of the Chatbot that requested the bot.")
        String uid,
    @Required @Size(max = 64) @JsonPropertyDescription("Time of the request (RFC 3339).") String at,
    @Size(max = 64)
        @JsonPropertyDescription(
            "Account that the create request was sent to: eight digits of a digest of the URL and"
                + " the API key.")
        @Nullable String account,
    @Size(max = 256)
        @JsonPropertyDescription(
            "ID of the organization of the account. Absent if the account had no bot at the time of"
                + " the request.")
        @Nullable String organizationId) {}
