package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import org.jspecify.annotations.Nullable;

/**
 * A backend object of either kind, namespaced or cluster-scoped. Jackson deserializes it like any
 * custom resource; the annotation of {@link HasMetadata} would resolve a type by kind.
 */
@JsonDeserialize(using = JsonDeserializer.None.class)
public sealed interface BackendObject extends HasMetadata
    permits ChatbotBackend, ClusterChatbotBackend {

  BackendSpec getSpec();

  @Nullable ChatbotBackendStatus getStatus();

  /** Returns an object of the same kind with only these parts, for a server-side apply. */
  BackendObject only(ObjectMeta metadata, @Nullable ChatbotBackendStatus status);
}
