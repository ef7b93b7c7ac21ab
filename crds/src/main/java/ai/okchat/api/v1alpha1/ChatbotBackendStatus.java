package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The observed state of an account, for both kinds of backend. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChatbotBackendStatus(
    @JsonPropertyDescription(
            "Generation of the spec that this status describes; -1 until the operator writes the"
                + " first status.")
        @Nullable Long observedGeneration,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonPropertyDescription(
            "Ready is always present; Reconciling and Stalled are present only while True. Sorted"
                + " by type.")
        List<Condition> conditions,
    @Size(max = 256)
        @JsonPropertyDescription(
            "ID of the organization that the API key belongs to (organization_id). Absent until the"
                + " operator lists a bot.")
        @Nullable String organizationId,
    @JsonPropertyDescription(
            "Number of bots in the last list of the account, including the bots of other clients.")
        @Nullable Integer chatbots,
    @Size(max = 64)
        @JsonPropertyDescription(
            "Time until which the backend throttles the operator (RFC 3339). Absent if the backend"
                + " does not throttle.")
        @Nullable String rateLimitedUntil) {

  public ChatbotBackendStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  /** Returns the status of an object before its first reconciliation. */
  public static ChatbotBackendStatus empty() {
    return new ChatbotBackendStatus(null, List.of(), null, null, null);
  }
}
