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
 * What a bot shall be. A field that is null is not managed: nothing is sent for it and nothing is
 * compared.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.prompt) != has(self.promptFrom)",
    message = "must hold exactly one of prompt and promptFrom")
public record ChatbotSpec(
    @JsonPropertyDescription(
            "Backend that the bot lives in. Default: the ChatbotBackend named default in this"
                + " namespace.")
        @Nullable BackendRef backendRef,
    @Size(max = 63)
        @ValidationRule(
            value = "self.matches('^[a-z0-9]+(-[a-z0-9]+)*$')",
            message =
                "must consist of lower-case letters and digits with single hyphens between them,"
                    + " for example support")
        @JsonPropertyDescription(
            "Name of the bot in its public address, at most 63 characters. Fixed, also whether it"
                + " is set, once the bot exists. Default: namespace, name and part of the uid.")
        @Nullable String slug,
    @Required
        @Size(max = 256)
        @ValidationRule(value = NOT_BLANK, message = "must not be blank: it is what people see")
        @JsonPropertyDescription("Name of the bot, as people see it. In the API: name.")
        String name,
    @Size(max = 4096)
        @JsonPropertyDescription(
            "What the bot is for. Default: not managed. In the API: description.")
        @Nullable String description,
    @JsonProperty("public")
        @JsonPropertyDescription(
            "Whether everybody may reach the bot by its slug. Default: not managed. In the API:"
                + " is_public.")
        @Nullable Boolean publiclyReachable,
    @JsonPropertyDescription(
            "How the bot comes across. Default: not managed. In the API: personality_config.")
        @Nullable Personality personality,
    @Size(max = 256)
        @ValidationRule(value = NOT_BLANK, message = NOT_BLANK_MESSAGE)
        @JsonPropertyDescription(
            "Language model, for example gpt-4o-mini. Default: not managed. In the API:"
                + " settings.model.")
        @Nullable String model,
    @Size(max = 131072)
        @ValidationRule(
            value = NOT_BLANK,
            message = "must not be blank: write the prompt, or name a ConfigMap in promptFrom")
        @JsonPropertyDescription(
            "System prompt, at most 131072 characters; this or promptFrom. In the API:"
                + " settings.prompt.")
        @Nullable String prompt,
    @JsonPropertyDescription("Where the system prompt is kept; this or prompt.")
        @Nullable PromptSource promptFrom,
    @Size(max = 8192)
        @JsonPropertyDescription(
            "First thing that the bot says. Default: not managed. In the API: settings.greeting.")
        @Nullable String greeting,
    @JsonPropertyDescription(
            "Whether the bot asks for name and e-mail first. Default: not managed. In the API:"
                + " settings.isRequestUserInfoEnabled.")
        @Nullable Boolean requestUserInfo,
    @JsonPropertyDescription(
            "Whether the bot may use its tools. Default: not managed. In the API:"
                + " settings.isToolEnabled.")
        @Nullable Boolean toolsEnabled,
    @JsonPropertyDescription(
            "How the bot looks where it is embedded. Default: not managed. In the API:"
                + " settings.snippet.")
        @Nullable Snippet snippet,
    @JsonPropertyDescription(
            "How the chat widget looks. The API can not be asked for it: it is sent when it"
                + " changes here, and its drift is not seen. Default: not managed.")
        @Nullable ChatWidget chatWidget,
    @JsonPropertyDescription(
            "How the bot speaks. Default: not managed. In the API: voice_widget_config.")
        @Nullable VoiceAgent voiceAgent,
    @JsonPropertyDescription(
            "Picture of the bot, from a link or a ConfigMap. Default: not managed. In the API:"
                + " settings.avatar.")
        @Nullable Avatar avatar,
    @Default("Enforce")
        @JsonPropertyDescription(
            "What happens when a managed field was changed in the backend: Enforce puts it back,"
                + " Report names it in status, Ignore says nothing.")
        DriftPolicy driftPolicy,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 64)
        @ValidationRule(value = IgnorableFields.RULE, message = IgnorableFields.MESSAGE)
        @JsonPropertyDescription(
            "Fields left to the dashboard whatever driftPolicy says, as the API calls them, for"
                + " example settings.greeting. Default: none.")
        List<@Size(max = 64) String> ignoreFields,
    @Default("Never")
        @JsonPropertyDescription(
            "Whether a bot that already exists with this slug may be taken over: Never or BySlug.")
        Adoption adoption,
    @Default("Delete")
        @JsonPropertyDescription(
            "What becomes of the bot when this object is deleted: Delete or Orphan (it stays).")
        DeletionPolicy deletionPolicy,
    @Default("false") @JsonPropertyDescription("Whether the operator leaves the bot alone for now.")
        boolean suspend) {

  public ChatbotSpec {
    ignoreFields = ignoreFields == null ? List.of() : List.copyOf(ignoreFields);
  }

  /** Names the bot and nothing else: specs end up in logs, prompts must not. */
  @Override
  public String toString() {
    return "ChatbotSpec[name=" + name + ", slug=" + slug + "]";
  }
}
