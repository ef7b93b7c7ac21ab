package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** A private certificate authority for the address of a backend. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record CaBundle(
    @Required
        @JsonPropertyDescription(
            "ConfigMap that holds the certificates, PEM, trusted beside those of the system.")
        KeyRef configMapRef) {}
