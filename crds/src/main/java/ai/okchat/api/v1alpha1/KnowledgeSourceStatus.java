package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The observed state of the documents, and the result of the last reconciliation. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KnowledgeSourceStatus(
    @JsonPropertyDescription(
            "Generation of the spec that this status describes; -1 until the operator writes the"
                + " first status.")
        @Nullable Long observedGeneration,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonPropertyDescription(
            "Ready and Synced are always present; Retrievable is present if the spec has retrieval"
                + " checks; Paused, Reconciling, Stale and Stalled are present only while True."
                + " Sorted by type.")
        List<Condition> conditions,
    @Size(max = 256) @JsonPropertyDescription("ID of the bot that contains the documents.")
        @Nullable String chatbotId,
    @JsonPropertyDescription(
            "Backend object through which the operator reached the bot. The ID of the bot is valid"
                + " only there.")
        @Nullable RecordedBackend backend,
    @Size(max = 256)
        @JsonPropertyDescription(
            "ID of the organization that the bot belongs to (organization_id).")
        @Nullable String organizationId,
    @Size(max = 128)
        @JsonPropertyDescription("Digest of all documents of the source at its last read.")
        @Nullable String contentDigest,
    @Size(max = 64) @JsonPropertyDescription("Time of the last read of the source (RFC 3339).")
        @Nullable String lastRefreshTime,
    @Size(max = 256)
        @JsonPropertyDescription(
            "Last value of the annotation okchat.ai/refresh-requested-at that the operator"
                + " handled.")
        @Nullable String lastHandledRefreshAt,
    @Size(max = 32)
        @JsonPropertyDescription("Numbers of accepted and desired documents, for example 12/40.")
        @Nullable String progress,
    @JsonPropertyDescription("Number of documents in each state.") @Nullable DocumentCounts counts,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 150)
        @JsonPropertyDescription(
            "States of the documents, failures first, then the skipped files. At most 100 documents"
                + " and 50 skipped files are listed; counts covers all.")
        List<DocumentStatus> documents) {
  public KnowledgeSourceStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
    documents = documents == null ? List.of() : List.copyOf(documents);
  }

  /** Returns the status of an object before its first reconciliation. */
  public static KnowledgeSourceStatus empty() {
    return new KnowledgeSourceStatus(
        null, List.of(), null, null, null, null, null, null, null, null, List.of());
  }
}
