package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** Where a prompt is kept when it is not in the spec itself. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PromptSource(
    @Required
        @JsonPropertyDescription(
            "ConfigMap whose key holds the prompt. A changed ConfigMap reaches the bot at once.")
        KeyRef configMapKeyRef) {}
