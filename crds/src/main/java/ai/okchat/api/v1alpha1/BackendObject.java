package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import org.jspecify.annotations.Nullable;

/**
 * A backend of either kind: the one of a namespace, or the one that serves many. Read like any
 * custom resource: the annotation of {@link HasMetadata} would look up a type by kind.
 */
@JsonDeserialize(using = JsonDeserializer.None.class)
public sealed interface BackendObject extends HasMetadata
    permits ChatbotBackend, ClusterChatbotBackend {

  BackendSpec getSpec();

  @Nullable ChatbotBackendStatus getStatus();

  /** An object of the same kind that holds nothing else: what a server-side apply sends. */
  BackendObject only(ObjectMeta metadata, @Nullable ChatbotBackendStatus status);
}
