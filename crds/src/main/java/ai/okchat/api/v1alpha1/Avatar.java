package ai.okchat.api.v1alpha1;

import static ai.okchat.api.v1alpha1.Rules.LINK;
import static ai.okchat.api.v1alpha1.Rules.LINK_MESSAGE;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The picture of a bot: exactly one of a link and a key of a ConfigMap. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.url) != has(self.configMapKeyRef)",
    message = "must hold exactly one of url and configMapKeyRef")
public record Avatar(
    @Size(max = 2048)
        @ValidationRule(value = LINK, message = LINK_MESSAGE)
        @JsonPropertyDescription(
            "Link to the picture, http or https. Fetched when the spec changes or a reconcile is"
                + " requested, not on every pass.")
        @Nullable String url,
    @JsonPropertyDescription(
            "ConfigMap whose binaryData (or data) holds the picture under this key.")
        @Nullable KeyRef configMapKeyRef) {}
