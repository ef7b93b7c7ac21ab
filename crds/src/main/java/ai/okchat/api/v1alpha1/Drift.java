package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** One managed field that the backend has otherwise. Null stands for a value that is not there. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Drift(
    @Required
        @Size(max = 256)
        @JsonPropertyDescription("Field as the API calls it, for example settings.greeting.")
        String field,
    @Size(max = 1024)
        @JsonPropertyDescription("What the spec asks for; a long text as its digest and length.")
        @Nullable String desired,
    @Size(max = 1024)
        @JsonPropertyDescription("What the backend has; a long text as its digest and length.")
        @Nullable String observed) {}
