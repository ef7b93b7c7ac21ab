package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** A private certificate authority, kept in a namespace that has to be named. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ClusterCaBundle(
    @Required
        @JsonPropertyDescription(
            "ConfigMap that holds the certificates, PEM, trusted beside those of the system.")
        NamespacedKeyRef configMapRef) {}
