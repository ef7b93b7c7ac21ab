package ai.okchat.api.v1alpha1;

import static ai.okchat.api.v1alpha1.Rules.DURATION;
import static ai.okchat.api.v1alpha1.Rules.DURATION_MESSAGE;
import static ai.okchat.api.v1alpha1.Rules.FROM_1S_TO_720H;
import static ai.okchat.api.v1alpha1.Rules.FROM_1S_TO_720H_MESSAGE;
import static ai.okchat.api.v1alpha1.Rules.FROM_1S_TO_8760H;
import static ai.okchat.api.v1alpha1.Rules.FROM_1S_TO_8760H_MESSAGE;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A set of documents for one bot: where they come from and how they are kept up to date. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value =
        "[has(self.documents), has(self.faq), has(self.configMap), has(self.web), has(self.git)]"
            + ".exists_one(given, given)",
    message = "must hold exactly one of documents, faq, configMap, web and git")
@ValidationRule(
    value = Rules.MAX_AGE_BEYOND_REFRESH,
    message = Rules.MAX_AGE_BEYOND_REFRESH_MESSAGE,
    fieldPath = ".maxAge")
public record KnowledgeSourceSpec(
    @Required
        @JsonPropertyDescription(
            "Bot that answers from the documents. Fixed once they are in the bot.")
        ChatbotRef chatbotRef,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(min = 1, max = 64)
        @ValidationRule(
            value = "self.all(one, self.exists_one(other, other.name == one.name))",
            message = "must not hold two documents of the same name")
        @JsonPropertyDescription(
            "Documents that are written here; this or one of the other sources.")
        List<InlineDocument> documents,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(min = 1, max = 500)
        @JsonPropertyDescription(
            "Questions and answers, sent as a JSON file of pairs; this or one of the other"
                + " sources.")
        List<FaqPair> faq,
    @JsonPropertyDescription(
            "ConfigMaps whose keys are documents; this or one of the other sources. A changed"
                + " ConfigMap is noticed at once.")
        @Nullable ConfigMapSource configMap,
    @JsonPropertyDescription("Pages of the web; this or one of the other sources.")
        @Nullable WebSource web,
    @JsonPropertyDescription("Files of a git repository; this or one of the other sources.")
        @Nullable GitSource git,
    @Default("1h")
        @Size(max = 32)
        @ValidationRule(value = DURATION, message = DURATION_MESSAGE)
        @ValidationRule(value = FROM_1S_TO_720H, message = FROM_1S_TO_720H_MESSAGE)
        @JsonPropertyDescription(
            "How often web and git are fetched again. Hours, minutes, seconds; 1s to 720h.")
        GoDuration refreshInterval,
    @Size(max = 32)
        @ValidationRule(value = DURATION, message = DURATION_MESSAGE)
        @ValidationRule(value = FROM_1S_TO_8760H, message = FROM_1S_TO_8760H_MESSAGE)
        @JsonPropertyDescription(
            "Age of the last refresh from which on the condition Stale is True. Hours, minutes,"
                + " seconds; 1s to 8760h. Default: never stale.")
        @Nullable GoDuration maxAge,
    @Default("true")
        @JsonPropertyDescription("Whether documents that left the source are removed from the bot.")
        boolean prune,
    @Default("50")
        @Min(0)
        @Max(100)
        @JsonPropertyDescription(
            "Greatest share of the documents, in percent, that one pass may remove; above it"
                + " nothing is removed and the condition says so.")
        int pruneLimitPercent,
    @Default("Delete")
        @JsonPropertyDescription(
            "What becomes of the documents in the bot when this object is deleted: Delete or Orphan"
                + " (they stay).")
        DeletionPolicy deletionPolicy,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 32)
        @JsonPropertyDescription(
            "Questions that have to lead to documents, asked after each change. Default: none.")
        List<RetrievalCheck> retrievalChecks,
    @Default("false")
        @JsonPropertyDescription("Whether the operator leaves the documents alone for now.")
        boolean suspend) {
  public KnowledgeSourceSpec {
    documents = documents == null ? List.of() : List.copyOf(documents);
    faq = faq == null ? List.of() : List.copyOf(faq);
    retrievalChecks = retrievalChecks == null ? List.of() : List.copyOf(retrievalChecks);
  }

  /** Names the bot and nothing else: specs end up in logs, documents must not. */
  @Override
  public String toString() {
    return "KnowledgeSourceSpec[chatbotRef=" + chatbotRef + "]";
  }
}
