package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The style and tone of a bot. API field: {@code personality_config}. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Personality(
    @Size(max = 256)
        @JsonPropertyDescription(
            "Style of the bot: a free text such as Friendly. Default: not managed. API field:"
                + " personality_config.style.")
        @Nullable String style,
    @Size(max = 256)
        @JsonPropertyDescription(
            "Tone of the bot: a free text such as Professional. Default: not managed. API field:"
                + " personality_config.tone.")
        @Nullable String tone) {}
