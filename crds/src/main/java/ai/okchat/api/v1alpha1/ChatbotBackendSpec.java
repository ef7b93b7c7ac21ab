package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The desired configuration of a namespaced backend: address, API key and limits. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = BackendFields.SECURE_RULE,
    message = BackendFields.SECURE_MESSAGE,
    fieldPath = ".url")
public record ChatbotBackendSpec(
    @Default(BackendFields.URL_DEFAULT)
        @Size(max = 2048)
        @ValidationRule(value = BackendFields.URL_RULE, message = BackendFields.URL_MESSAGE)
        @ValidationRule(value = BackendFields.NO_USER_RULE, message = BackendFields.NO_USER_MESSAGE)
        @ValidationRule(
            value = BackendFields.NO_QUERY_RULE,
            message = BackendFields.NO_QUERY_MESSAGE)
        @JsonPropertyDescription(BackendFields.URL_TEXT)
        String url,
    @Default("false") @JsonPropertyDescription(BackendFields.ALLOW_INSECURE_TEXT)
        boolean allowInsecure,
    @Required @JsonPropertyDescription(BackendFields.API_KEY_TEXT) KeyRef apiKeySecretRef,
    @Default("60s")
        @Size(max = 32)
        @ValidationRule(value = Rules.DURATION, message = Rules.DURATION_MESSAGE)
        @ValidationRule(value = Rules.FROM_1S_TO_24H, message = Rules.FROM_1S_TO_24H_MESSAGE)
        @JsonPropertyDescription(BackendFields.POLL_INTERVAL_TEXT)
        GoDuration pollInterval,
    @Default("30s")
        @Size(max = 32)
        @ValidationRule(value = Rules.DURATION, message = Rules.DURATION_MESSAGE)
        @ValidationRule(value = Rules.FROM_1S_TO_10M, message = Rules.FROM_1S_TO_10M_MESSAGE)
        @JsonPropertyDescription(BackendFields.REQUEST_TIMEOUT_TEXT)
        GoDuration requestTimeout,
    @Default(BackendFields.RATE_LIMIT_DEFAULT)
        @JsonPropertyDescription(BackendFields.RATE_LIMIT_TEXT)
        RateLimit rateLimit,
    @JsonPropertyDescription(BackendFields.CA_BUNDLE_TEXT) @Nullable CaBundle caBundle,
    @JsonPropertyDescription(BackendFields.DEFAULT_DELETION_POLICY_TEXT)
        @Nullable DeletionPolicy defaultDeletionPolicy)
    implements BackendSpec {}
