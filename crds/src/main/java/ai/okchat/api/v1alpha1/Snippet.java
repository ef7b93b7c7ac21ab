package ai.okchat.api.v1alpha1;

import static ai.okchat.api.v1alpha1.Rules.COLOUR;
import static ai.okchat.api.v1alpha1.Rules.COLOUR_MESSAGE;
import static ai.okchat.api.v1alpha1.Rules.LINK;
import static ai.okchat.api.v1alpha1.Rules.LINK_MESSAGE;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The appearance of a bot in an embedding web page. API field: {@code settings.snippet}. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Snippet(
    @Size(max = 512)
        @JsonPropertyDescription(
            "Line at the top of the window. Default: not managed. API field:"
                + " settings.snippet.header.")
        @Nullable String header,
    @Size(max = 2048)
        @ValidationRule(value = LINK, message = LINK_MESSAGE)
        @JsonPropertyDescription(
            "HTTP or HTTPS URL of the logo. Default: not managed. API field:"
                + " settings.snippet.logo.")
        @Nullable String logo,
    @Size(max = 512)
        @JsonPropertyDescription(
            "Name that the window displays. Default: not managed. API field:"
                + " settings.snippet.name.")
        @Nullable String name,
    @Size(max = 7)
        @ValidationRule(value = COLOUR, message = COLOUR_MESSAGE)
        @JsonPropertyDescription(
            "Primary colour, #RGB or #RRGGBB. Default: not managed. API field:"
                + " settings.snippet.primaryColor.")
        @Nullable String primaryColor,
    @Size(max = 7)
        @ValidationRule(value = COLOUR, message = COLOUR_MESSAGE)
        @JsonPropertyDescription(
            "Secondary colour, #RGB or #RRGGBB. Default: not managed. API field:"
                + " settings.snippet.secondaryColor.")
        @Nullable String secondaryColor,
    @Size(max = 512)
        @JsonPropertyDescription(
            "Line below the header. Default: not managed. API field: settings.snippet.slogan.")
        @Nullable String slogan) {}
