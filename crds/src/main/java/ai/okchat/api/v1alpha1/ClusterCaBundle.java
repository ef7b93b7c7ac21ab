package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** A private certificate authority, referenced with its namespace. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ClusterCaBundle(
    @Required
        @JsonPropertyDescription(
            "ConfigMap key that contains the PEM certificates. The operator trusts them in addition"
                + " to the certificates of the system.")
        NamespacedKeyRef configMapRef) {}
