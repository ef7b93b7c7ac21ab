package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** How a bot comes across. The API calls it {@code personality_config}. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Personality(
    @Size(max = 256)
        @JsonPropertyDescription(
            "Free text such as Friendly. Default: not managed. In the API:"
                + " personality_config.style.")
        @Nullable String style,
    @Size(max = 256)
        @JsonPropertyDescription(
            "Free text such as Professional. Default: not managed. In the API:"
                + " personality_config.tone.")
        @Nullable String tone) {}
