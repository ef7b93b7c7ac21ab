package ai.okchat.api.v1alpha1;

import static ai.okchat.api.v1alpha1.Rules.OBJECT_NAME;
import static ai.okchat.api.v1alpha1.Rules.OBJECT_NAME_MESSAGE;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A reference to all keys of a Secret in the namespace of the referring object. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SecretRef(
    @Required
        @Size(max = 253)
        @ValidationRule(value = OBJECT_NAME, message = OBJECT_NAME_MESSAGE)
        @JsonPropertyDescription("Name of the Secret, in the namespace of this object.")
        String name) {}
