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

/** The desired set of documents of a bot: its source and the policies for its updates. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value =
        "[has(self.documents), has(self.faq), has(self.configMap), has(self.web), has(self.git)]"
            + ".exists_one(given, given)",
    message = "must contain exactly one of documents, faq, configMap, web and git")
@ValidationRule(
    value = Rules.MAX_AGE_BEYOND_REFRESH,
    message = Rules.MAX_AGE_BEYOND_REFRESH_MESSAGE,
    fieldPath = ".maxAge")
public record KnowledgeSourceSpec(
    @Required
        @JsonPropertyDescription(
            "Chatbot that answers from the documents. Immutable once status.chatbotId is set.")
        ChatbotRef chatbotRef,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(min = 1, max = 64)
        @ValidationRule(
            value = "self.all(one, self.exists_one(other, other.name == one.name))",
            message = "must not contain two documents of the same name")
        @JsonPropertyDescription(
            "Inline documents, 1 to 64. Exactly one of documents, faq, configMap, web and git is"
                + " required.")
        List<InlineDocument> documents,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(min = 1, max = 500)
        @JsonPropertyDescription(
            "Pairs of a question and an answer, 1 to 500, uploaded as one JSON file. Exactly one of"
                + " documents, faq, configMap, web and git is required.")
        List<FaqPair> faq,
    @JsonPropertyDescription(
            "ConfigMaps whose keys are documents. A change of a ConfigMap triggers a reconciliation"
                + " immediately. Exactly one of documents, faq, configMap, web and git is"
                + " required.")
        @Nullable ConfigMapSource configMap,
    @JsonPropertyDescription(
            "Web pages that are documents. Exactly one of documents, faq, configMap, web and git is"
                + " required.")
        @Nullable WebSource web,
    @JsonPropertyDescription(
            "Files of a Git repository that are documents. Exactly one of documents, faq,"
                + " configMap, web and git is required.")
        @Nullable GitSource git,
    @Default("1h")
        @Size(max = 32)
        @ValidationRule(value = DURATION, message = DURATION_MESSAGE)
        @ValidationRule(value = FROM_1S_TO_720H, message = FROM_1S_TO_720H_MESSAGE)
        @JsonPropertyDescription(
            "Interval at which the operator fetches web and git again. Duration in hours, minutes"
                + " and seconds, 1s to 720h. Default: 1h.")
        GoDuration refreshInterval,
    @Size(max = 32)
        @ValidationRule(value = DURATION, message = DURATION_MESSAGE)
        @ValidationRule(value = FROM_1S_TO_8760H, message = FROM_1S_TO_8760H_MESSAGE)
        @JsonPropertyDescription(
            "Age of the last refresh from which the condition Stale is True. Duration in hours,"
                + " minutes and seconds, 1s to 8760h; longer than refreshInterval for web and git."
                + " Default: never stale.")
        @Nullable GoDuration maxAge,
    @Default("true")
        @JsonPropertyDescription(
            "If true, the operator removes a document from the bot when the source no longer"
                + " contains it. Default: true.")
        boolean prune,
    @Default("50")
        @Min(0)
        @Max(100)
        @JsonPropertyDescription(
            "Maximum share of the documents, in percent, that one reconciliation may remove, 0 to"
                + " 100. Above the limit, the operator removes no document and sets Synced to"
                + " False. Default: 50.")
        int pruneLimitPercent,
    @JsonPropertyDescription(
            "Policy for the documents when this object is deleted: Delete removes them from the"
                + " bot, Orphan keeps them in the bot. Default: defaultDeletionPolicy of the"
                + " backend, or Delete.")
        @Nullable DeletionPolicy deletionPolicy,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 32)
        @JsonPropertyDescription(
            "Questions that must lead to documents. The operator sends them after each change."
                + " Default: none.")
        List<RetrievalCheck> retrievalChecks,
    @Default("false")
        @JsonPropertyDescription(
            "If true, the operator pauses reconciliation and does not change the documents."
                + " Default: false.")
        boolean suspend) {
  public KnowledgeSourceSpec {
    documents = documents == null ? List.of() : List.copyOf(documents);
    faq = faq == null ? List.of() : List.copyOf(faq);
    retrievalChecks = retrievalChecks == null ? List.of() : List.copyOf(retrievalChecks);
  }

  /** Contains only chatbotRef, because logs contain specs and must not contain documents. */
  @Override
  public String toString() {
    return "KnowledgeSourceSpec[chatbotRef=" + chatbotRef + "]";
  }
}
