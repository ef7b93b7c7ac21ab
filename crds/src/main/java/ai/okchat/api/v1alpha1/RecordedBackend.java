package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * The backend object that an ID was obtained from. The ID is valid only while the object refers to
 * this backend, because another server can return any ID.
 *
 * @param uid UID of the backend object
 * @param urlDigest {@code sha256:<hex>} of the URL in the spec of the backend object
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RecordedBackend(
    @Required
        @JsonPropertyDescription(
            "Kind of the backend object: ChatbotBackend or ClusterChatbotBackend.")
        BackendRef.Kind kind,
    @Required @Size(max = 253) @JsonPropertyDescription("Name of the backend object.") String name,
    @Required @Size(max = 128) @JsonPropertyDescription("UID of the backend object.") String uid,
    @Required
        @Size(max = 128)
        @JsonPropertyDescription("Digest of the URL in the spec of the backend object.")
        String urlDigest) {}
