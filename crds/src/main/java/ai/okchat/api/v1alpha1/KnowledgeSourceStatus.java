package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far the documents are, and how the last pass went. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KnowledgeSourceStatus(
    @JsonPropertyDescription("Generation of the spec that this status is about.")
        @Nullable Long observedGeneration,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonPropertyDescription(
            "Ready, Synced, ResolvedRefs, DriftDetected, Reconciling, Stalled, Paused, Ingested,"
                + " Retrievable, Stale; sorted by type.")
        List<Condition> conditions,
    @Size(max = 256) @JsonPropertyDescription("Id of the bot that holds the documents.")
        @Nullable String chatbotId,
    @JsonPropertyDescription(
            "Backend object that the bot was reached through. The id counts only there.")
        @Nullable RecordedBackend backend,
    @Size(max = 256)
        @JsonPropertyDescription("Organization that the bot belongs to (organization_id).")
        @Nullable String organizationId,
    @Size(max = 128)
        @JsonPropertyDescription("Digest of all documents of the source, as last read.")
        @Nullable String contentDigest,
    @Size(max = 64) @JsonPropertyDescription("When the source was last read (RFC 3339).")
        @Nullable String lastRefreshTime,
    @Size(max = 256)
        @JsonPropertyDescription(
            "Value of the annotation okchat.ai/refresh-requested-at that was last acted upon.")
        @Nullable String lastHandledRefreshAt,
    @Size(max = 32) @JsonPropertyDescription("Accepted and desired documents, for example 12/40.")
        @Nullable String progress,
    @JsonPropertyDescription("How many documents are where.") @Nullable DocumentCounts counts,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 100)
        @JsonPropertyDescription(
            "The documents, failures first; those beyond the hundredth are only counted.")
        List<DocumentStatus> documents) {
  public KnowledgeSourceStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
    documents = documents == null ? List.of() : List.copyOf(documents);
  }

  /** The status of an object that was never looked at. */
  public static KnowledgeSourceStatus empty() {
    return new KnowledgeSourceStatus(
        null, List.of(), null, null, null, null, null, null, null, null, List.of());
  }
}
