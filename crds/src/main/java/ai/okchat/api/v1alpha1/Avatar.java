package ai.okchat.api.v1alpha1;

import static ai.okchat.api.v1alpha1.Rules.LINK;
import static ai.okchat.api.v1alpha1.Rules.LINK_MESSAGE;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The picture of a bot: exactly one of a URL and a ConfigMap key. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.url) != has(self.configMapKeyRef)",
    message = "must contain exactly one of url and configMapKeyRef")
public record Avatar(
    @Size(max = 2048)
        @ValidationRule(value = LINK, message = LINK_MESSAGE)
        @JsonPropertyDescription(
            "HTTP or HTTPS URL of the picture. The operator fetches it when the spec changes or a"
                + " user requests a reconciliation, not at every reconciliation. Mutually exclusive"
                + " with configMapKeyRef.")
        @Nullable String url,
    @JsonPropertyDescription(
            "ConfigMap key whose value in binaryData (or data) is the picture. Mutually exclusive"
                + " with url.")
        @Nullable KeyRef configMapKeyRef) {}
