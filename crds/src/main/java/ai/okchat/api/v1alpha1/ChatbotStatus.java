package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The observed state of a bot, and the result of the last reconciliation. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChatbotStatus(
    @JsonPropertyDescription(
            "Generation of the spec that this status describes; -1 until the operator writes the"
                + " first status.")
        @Nullable Long observedGeneration,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonPropertyDescription(
            "Ready and Synced are always present; DriftDetected, Paused, Reconciling and Stalled"
                + " are present only while True. Sorted by type.")
        List<Condition> conditions,
    @Size(max = 256) @JsonPropertyDescription("ID that the backend assigned to the bot (a UUID).")
        @Nullable String id,
    @Size(max = 256)
        @JsonPropertyDescription("Slug of the bot in the backend: the name in its public address.")
        @Nullable String slug,
    @Size(max = 256)
        @JsonPropertyDescription(
            "ID of the organization that the bot belongs to (organization_id).")
        @Nullable String organizationId,
    @JsonPropertyDescription(
            "Backend object that the ID was obtained from. The ID is valid only there.")
        @Nullable RecordedBackend backend,
    @JsonPropertyDescription(
            "Recorded intent to create the bot, present while the result of the create request is"
                + " unknown.")
        @Nullable RecordedClaim claim,
    @Size(max = 1024)
        @JsonPropertyDescription(
            "Digest of all inputs that the operator last applied: 12 digits for each managed field,"
                + " the avatar and the chat widget. While it covers the spec, a difference in the"
                + " backend is drift.")
        @Nullable String appliedDigest,
    @Size(max = 128) @JsonPropertyDescription("Digest of the last applied prompt.")
        @Nullable String promptDigest,
    @Size(max = 128) @JsonPropertyDescription("Digest of the last applied avatar.")
        @Nullable String avatarDigest,
    @Size(max = 128)
        @JsonPropertyDescription(
            "Digest of the last applied chat widget, which the operator cannot read back from the"
                + " backend.")
        @Nullable String chatWidgetDigest,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 64)
        @JsonPropertyDescription(
            "Managed fields whose observed value differs from the desired value.")
        List<Drift> drift,
    @JsonPropertyDescription(
            "Policy that applies when this object is deleted: spec.deletionPolicy, or the default"
                + " of the backend.")
        @Nullable DeletionPolicy deletionPolicy) {

  public ChatbotStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
    drift = drift == null ? List.of() : List.copyOf(drift);
  }

  /** Creates a status without a deletion policy. */
  public ChatbotStatus(
      @Nullable Long observedGeneration,
      List<Condition> conditions,
      @Nullable String id,
      @Nullable String slug,
      @Nullable String organizationId,
      @Nullable RecordedBackend backend,
      @Nullable RecordedClaim claim,
      @Nullable String appliedDigest,
      @Nullable String promptDigest,
      @Nullable String avatarDigest,
      @Nullable String chatWidgetDigest,
      List<Drift> drift) {
    this(
        observedGeneration,
        conditions,
        id,
        slug,
        organizationId,
        backend,
        claim,
        appliedDigest,
        promptDigest,
        avatarDigest,
        chatWidgetDigest,
        drift,
        null);
  }

  /** Returns the same status with this deletion policy. */
  public ChatbotStatus withDeletionPolicy(DeletionPolicy policy) {
    return new ChatbotStatus(
        observedGeneration,
        conditions,
        id,
        slug,
        organizationId,
        backend,
        claim,
        appliedDigest,
        promptDigest,
        avatarDigest,
        chatWidgetDigest,
        drift,
        policy);
  }

  /** Returns the status of an object before its first reconciliation. */
  public static ChatbotStatus empty() {
    return new ChatbotStatus(
        null, List.of(), null, null, null, null, null, null, null, null, null, List.of());
  }
}
