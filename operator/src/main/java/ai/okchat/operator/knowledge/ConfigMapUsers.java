package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.backend.LabelMatch;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The KnowledgeSources that a ConfigMap concerns, by its name or by its labels, those that it has
 * and those that it had.
 */
final class ConfigMapUsers implements SecondaryToPrimaryMapper<GenericKubernetesResource> {

  private final KnowledgeIndex index;

  ConfigMapUsers(KnowledgeIndex index) {
    this.index = index;
  }

  @Override
  public Set<ResourceID> toPrimaryResourceIDs(GenericKubernetesResource changed) {
    return index.inNamespace(changed.getMetadata().getNamespace()).stream()
        .filter(source -> refersTo(source, changed))
        .map(ResourceID::fromResource)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean refersTo(KnowledgeSource source, HasMetadata changed) {
    var spec = source.getSpec().configMap();
    if (spec == null) {
      return false;
    }
    return spec.selector() == null
        ? Objects.equals(spec.name(), changed.getMetadata().getName())
        : LabelMatch.matches(spec.selector(), changed.getMetadata().getLabels())
            || hasDocumentsOf(source, changed);
  }

  /** A ConfigMap that the selector does not match any more has left its documents in status. */
  private static boolean hasDocumentsOf(KnowledgeSource source, HasMetadata changed) {
    var prefix = changed.getMetadata().getName() + "/";
    return source.getStatus() != null
        && (source.getStatus().documents().stream().anyMatch(it -> it.name().startsWith(prefix))
            || hasUnnamedDocuments(source));
  }

  private static boolean hasUnnamedDocuments(KnowledgeSource source) {
    var counts = source.getStatus().counts();
    return counts != null && counts.desired() > source.getStatus().documents().size();
  }
}
