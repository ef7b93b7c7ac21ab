package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** A source of a prompt outside the spec. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PromptSource(
    @Required
        @JsonPropertyDescription(
            "ConfigMap key whose value is the prompt. A change of the ConfigMap triggers a"
                + " reconciliation immediately.")
        KeyRef configMapKeyRef) {}
