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
        // A limit such as 0.01 would be rounded to 0 where the value is a whole number.
        @Min(value = 0, inclusive = false)
        @Max(1000)
        @JsonPropertyDescription(
            "Calls a second that the operator makes to this account in the long run; may be"
                + " a fraction.")
        double requestsPerSecond,
    @Default("20")
        @Min(1)
        @Max(10000)
        @JsonPropertyDescription("Calls that may be made at once after a quiet time.")
        int burst) {}
