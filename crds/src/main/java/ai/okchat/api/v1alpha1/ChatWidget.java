package ai.okchat.api.v1alpha1;

import static ai.okchat.api.v1alpha1.Rules.COLOUR;
import static ai.okchat.api.v1alpha1.Rules.COLOUR_MESSAGE;
import static ai.okchat.api.v1alpha1.Rules.LINK;
import static ai.okchat.api.v1alpha1.Rules.LINK_MESSAGE;
import static ai.okchat.api.v1alpha1.Rules.NOT_BLANK;
import static ai.okchat.api.v1alpha1.Rules.NOT_BLANK_MESSAGE;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The appearance of the chat widget. The API does not return it, so drift is undetectable. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChatWidget(
    @Size(max = 512)
        @JsonPropertyDescription(
            "Line at the top of the window. Default: not managed. API field:"
                + " chat_widget_config.header.")
        @Nullable String header,
    @Size(max = 35)
        @ValidationRule(value = NOT_BLANK, message = NOT_BLANK_MESSAGE)
        @JsonPropertyDescription(
            "Language of the window; auto selects the language of the visitor. Default: not"
                + " managed. API field: chat_widget_config.language.")
        @Nullable String language,
    @Size(max = 2048)
        @ValidationRule(value = LINK, message = LINK_MESSAGE)
        @JsonPropertyDescription(
            "HTTP or HTTPS URL of the logo. Default: not managed. API field:"
                + " chat_widget_config.logo.")
        @Nullable String logo,
    @Size(max = 512)
        @JsonPropertyDescription(
            "Name that the window displays. Default: not managed. API field:"
                + " chat_widget_config.name.")
        @Nullable String name,
    @Size(max = 7)
        @ValidationRule(value = COLOUR, message = COLOUR_MESSAGE)
        @JsonPropertyDescription(
            "Primary colour, #RGB or #RRGGBB. Default: not managed. API field:"
                + " chat_widget_config.primaryColor.")
        @Nullable String primaryColor,
    @Size(max = 7)
        @ValidationRule(value = COLOUR, message = COLOUR_MESSAGE)
        @JsonPropertyDescription(
            "Secondary colour, #RGB or #RRGGBB. Default: not managed. API field:"
                + " chat_widget_config.secondaryColor.")
        @Nullable String secondaryColor,
    @Size(max = 512)
        @JsonPropertyDescription(
            "Line below the header. Default: not managed. API field: chat_widget_config.slogan.")
        @Nullable String slogan) {}
