package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** How fast the operator may call one account: a token bucket. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RateLimit(
    @Default("10")
        @Min(0.01)
        @Max(1000)
        @JsonPropertyDescription(
            "Calls a second that the operator makes to this account in the long run.")
        double requestsPerSecond,
    @Default("20")
        @Min(1)
        @Max(10000)
        @JsonPropertyDescription("Calls that may be made at once after a quiet time.")
        int burst) {}
