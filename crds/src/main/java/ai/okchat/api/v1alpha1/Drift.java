package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A managed field whose observed value differs. Null represents an absent value. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Drift(
    @Required
        @Size(max = 256)
        @JsonPropertyDescription("API name of the field, for example settings.greeting.")
        String field,
    @Size(max = 1024)
        @JsonPropertyDescription("Value in the spec; digest and length of a long text.")
        @Nullable String desired,
    @Size(max = 1024)
        @JsonPropertyDescription(
            "Value in the backend; digest and length of a long text. Absent if the backend has no"
                + " value.")
        @Nullable String observed) {}
