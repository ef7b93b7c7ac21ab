package ai.okchat.api.v1alpha1;

import static ai.okchat.api.v1alpha1.Rules.DATA_KEY;
import static ai.okchat.api.v1alpha1.Rules.DATA_KEY_MESSAGE;
import static ai.okchat.api.v1alpha1.Rules.OBJECT_NAME;
import static ai.okchat.api.v1alpha1.Rules.OBJECT_NAME_MESSAGE;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A key of a ConfigMap or Secret, with its namespace, for a cluster-scoped object. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record NamespacedKeyRef(
    @Required
        @Size(max = 63)
        @ValidationRule(value = OBJECT_NAME, message = OBJECT_NAME_MESSAGE)
        @JsonPropertyDescription("Namespace of the ConfigMap or Secret.")
        String namespace,
    @Required
        @Size(max = 253)
        @ValidationRule(value = OBJECT_NAME, message = OBJECT_NAME_MESSAGE)
        @JsonPropertyDescription("Name of the ConfigMap or Secret.")
        String name,
    @Required
        @Size(max = 253)
        @ValidationRule(value = DATA_KEY, message = DATA_KEY_MESSAGE)
        @JsonPropertyDescription("Key in data.")
        String key) {}
