package ai.okchat.api.v1alpha1;

import static ai.okchat.api.v1alpha1.Rules.NOT_BLANK;
import static ai.okchat.api.v1alpha1.Rules.NOT_BLANK_MESSAGE;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The desired state of a bot. A field that is null is not managed: the operator neither sends nor
 * compares it.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.prompt) != has(self.promptFrom)",
    message = "must contain exactly one of prompt and promptFrom")
public record ChatbotSpec(
    @JsonPropertyDescription(
            "Reference to the backend of the bot. Immutable once status.id or status.backend is"
                + " set. Default: the ChatbotBackend named default in this namespace.")
        @Nullable BackendRef backendRef,
    @Size(max = 63)
        @ValidationRule(
            value = "self.matches('^[a-z0-9]+(-[a-z0-9]+)*$')",
            message =
                "must consist of lower-case letters and digits with single hyphens between them,"
                    + " for example support")
        @JsonPropertyDescription(
            "Name of the bot in its public address: lower-case letters and digits with single"
                + " hyphens between them, at most 63 characters. Immutable once status.id is set:"
                + " it cannot be changed, added or removed. Default: namespace, name and part of"
                + " the UID.")
        @Nullable String slug,
    @Required
        @Size(max = 256)
        @ValidationRule(value = NOT_BLANK, message = "must not be blank: users see it")
        @JsonPropertyDescription(
            "Display name of the bot, at most 256 characters. API field: name.")
        String name,
    @Size(max = 4096)
        @JsonPropertyDescription(
            "Purpose of the bot, at most 4096 characters. Default: not managed. API field:"
                + " description.")
        @Nullable String description,
    @JsonProperty("public")
        @JsonPropertyDescription(
            "If true, every user can reach the bot by its slug. Default: not managed. API field:"
                + " is_public.")
        @Nullable Boolean publiclyReachable,
    @JsonPropertyDescription(
            "Style and tone of the bot. Default: not managed. API field: personality_config.")
        @Nullable Personality personality,
    @Size(max = 256)
        @ValidationRule(value = NOT_BLANK, message = NOT_BLANK_MESSAGE)
        @JsonPropertyDescription(
            "Name of the language model, for example gpt-4o-mini. Default: not managed. API field:"
                + " settings.model.")
        @Nullable String model,
    @Size(max = 131072)
        @ValidationRule(
            value = NOT_BLANK,
            message = "must not be blank: write the prompt, or name a ConfigMap in promptFrom")
        @JsonPropertyDescription(
            "System prompt, at most 131072 characters. Exactly one of prompt and promptFrom is"
                + " required. API field: settings.prompt.")
        @Nullable String prompt,
    @JsonPropertyDescription(
            "ConfigMap that contains the system prompt. Exactly one of prompt and promptFrom is"
                + " required.")
        @Nullable PromptSource promptFrom,
    @Size(max = 8192)
        @JsonPropertyDescription(
            "First message of the bot, at most 8192 characters. Default: not managed. API field:"
                + " settings.greeting.")
        @Nullable String greeting,
    @JsonPropertyDescription(
            "If true, the bot first asks the user for a name and an e-mail address. Default: not"
                + " managed. API field: settings.isRequestUserInfoEnabled.")
        @Nullable Boolean requestUserInfo,
    @JsonPropertyDescription(
            "If true, the bot can use its tools. Default: not managed. API field:"
                + " settings.isToolEnabled.")
        @Nullable Boolean toolsEnabled,
    @JsonPropertyDescription(
            "Appearance of the bot when a web page embeds it. Default: not managed. API field:"
                + " settings.snippet.")
        @Nullable Snippet snippet,
    @JsonPropertyDescription(
            "Appearance of the chat widget. The API does not return it: the operator sends it when"
                + " this field changes, and cannot detect its drift. Default: not managed.")
        @Nullable ChatWidget chatWidget,
    @JsonPropertyDescription(
            "Voice agent of the bot. Default: not managed. API field: voice_widget_config.")
        @Nullable VoiceAgent voiceAgent,
    @JsonPropertyDescription(
            "Picture of the bot, from a URL or a ConfigMap. Default: not managed. API field:"
                + " settings.avatar.")
        @Nullable Avatar avatar,
    @Default("Enforce")
        @JsonPropertyDescription(
            "Action when a managed field differs in the backend: Enforce corrects the drift, Report"
                + " reports it in the status, Ignore neither corrects nor reports it. Default:"
                + " Enforce.")
        DriftPolicy driftPolicy,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 64)
        @ValidationRule(value = IgnorableFields.RULE, message = IgnorableFields.MESSAGE)
        @JsonPropertyDescription(
            "API names of the fields that the operator does not manage, regardless of driftPolicy,"
                + " for example settings.greeting. Default: none.")
        List<@Size(max = 64) String> ignoreFields,
    @Default("Never")
        @JsonPropertyDescription(
            "Policy for an existing bot with the same slug: BySlug adopts the bot, Never does not."
                + " Default: Never.")
        Adoption adoption,
    @JsonPropertyDescription(
            "Policy for the bot when this object is deleted: Delete deletes the bot, Orphan keeps"
                + " it in the backend. Default: defaultDeletionPolicy of the backend, or Delete.")
        @Nullable DeletionPolicy deletionPolicy,
    @Default("false")
        @JsonPropertyDescription(
            "If true, the operator pauses reconciliation and does not change the bot. Default:"
                + " false.")
        boolean suspend) {

  public ChatbotSpec {
    ignoreFields = ignoreFields == null ? List.of() : List.copyOf(ignoreFields);
  }

  /** Contains only name and slug, because logs contain specs and must not contain prompts. */
  @Override
  public String toString() {
    return "ChatbotSpec[name=" + name + ", slug=" + slug + "]";
  }
}
