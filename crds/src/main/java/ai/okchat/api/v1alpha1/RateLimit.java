package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** The limit of the requests to one account, as the parameters of a token bucket. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RateLimit(
    @Default("10")
        // A limit such as 0.01 would be rounded to 0 where the value is a whole number.
        @Min(value = 0, inclusive = false)
        @Max(1000)
        @JsonPropertyDescription(
            "Average number of requests per second that the operator sends to the account, more"
                + " than 0 and at most 1000; fractions are allowed. Default: 10.")
        double requestsPerSecond,
    @Default("20")
        @Min(1)
        @Max(10000)
        @JsonPropertyDescription(
            "Number of requests that the operator can send at once after an idle period, 1 to"
                + " 10000. Default: 20.")
        int burst) {}
