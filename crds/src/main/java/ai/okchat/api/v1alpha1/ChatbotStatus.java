package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the backend decided about a bot, and how the last pass went. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChatbotStatus(
    @JsonPropertyDescription("Generation of the spec that this status is about.")
        @Nullable Long observedGeneration,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonPropertyDescription(
            "Ready, Synced, ResolvedRefs, DriftDetected, Reconciling, Stalled, Paused; sorted by"
                + " type.")
        List<Condition> conditions,
    @Size(max = 256) @JsonPropertyDescription("Id that the backend gave to the bot (a UUID).")
        @Nullable String id,
    @Size(max = 256)
        @JsonPropertyDescription("Slug of the bot in the backend: the name in its public address.")
        @Nullable String slug,
    @Size(max = 256)
        @JsonPropertyDescription("Organization that the bot belongs to (organization_id).")
        @Nullable String organizationId,
    @JsonPropertyDescription(
            "Backend object that the id was obtained from. The id counts only there.")
        @Nullable RecordedBackend backend,
    @JsonPropertyDescription("A create whose end is not known yet.") @Nullable RecordedClaim claim,
    @Size(max = 1024)
        @JsonPropertyDescription(
            "Digest of all inputs last applied: 12 digits for each managed field, the avatar and"
                + " the chat widget. As long as it covers the spec, a difference in the backend is"
                + " drift.")
        @Nullable String appliedDigest,
    @Size(max = 128) @JsonPropertyDescription("Digest of the prompt last applied.")
        @Nullable String promptDigest,
    @Size(max = 128) @JsonPropertyDescription("Digest of the avatar last applied.")
        @Nullable String avatarDigest,
    @Size(max = 128)
        @JsonPropertyDescription(
            "Digest of the chat widget last applied, which can not be read back from the backend.")
        @Nullable String chatWidgetDigest,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 64)
        @JsonPropertyDescription("Managed fields that the backend has otherwise.")
        List<Drift> drift) {

  public ChatbotStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
    drift = drift == null ? List.of() : List.copyOf(drift);
  }

  /** The status of an object that was never looked at. */
  public static ChatbotStatus empty() {
    return new ChatbotStatus(
        null, List.of(), null, null, null, null, null, null, null, null, null, List.of());
  }
}
