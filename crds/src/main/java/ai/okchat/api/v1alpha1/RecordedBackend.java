package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * The backend object that an id was obtained from. The id counts only while the object leads there:
 * another server can return any id.
 *
 * @param uid of the backend object
 * @param urlDigest {@code sha256:<hex>} of the URL that the backend object named
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RecordedBackend(
    @Required @JsonPropertyDescription("ChatbotBackend or ClusterChatbotBackend.")
        BackendRef.Kind kind,
    @Required @Size(max = 253) @JsonPropertyDescription("Name of the backend object.") String name,
    @Required @Size(max = 128) @JsonPropertyDescription("Uid of the backend object.") String uid,
    @Required
        @Size(max = 128)
        @JsonPropertyDescription("Digest of the URL that the backend object named.")
        String urlDigest) {}
