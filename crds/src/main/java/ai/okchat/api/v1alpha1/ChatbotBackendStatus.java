package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the operator last saw of an account, for both kinds of backend. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChatbotBackendStatus(
    @JsonPropertyDescription("Generation of the spec that this status is about.")
        @Nullable Long observedGeneration,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonPropertyDescription("Ready, ResolvedRefs, Reconciling, Stalled; sorted by type.")
        List<Condition> conditions,
    @Size(max = 256)
        @JsonPropertyDescription(
            "Organization that the API key belongs to (organization_id), once a bot was listed.")
        @Nullable String organizationId,
    @JsonPropertyDescription("Bots in the account, as last listed, whoever made them.")
        @Nullable Integer chatbots,
    @Size(max = 64)
        @JsonPropertyDescription(
            "Until when the backend asked to be left alone (RFC 3339); absent when it did not.")
        @Nullable String rateLimitedUntil) {

  public ChatbotBackendStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  /** The status of an object that was never looked at. */
  public static ChatbotBackendStatus empty() {
    return new ChatbotBackendStatus(null, List.of(), null, null, null);
  }
}
