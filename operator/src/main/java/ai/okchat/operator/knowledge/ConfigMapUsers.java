package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.knowledge.ingestion.Ledger;
import ai.okchat.operator.kubernetes.LabelSelectors;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Maps a ConfigMap to the KnowledgeSources that select it by name, or by its labels before or after
 * an update. The framework maps only the new state, right after it has called the filter with both;
 * so the filter keeps replaced labels until the mapper runs.
 */
final class ConfigMapUsers
    implements SecondaryToPrimaryMapper<GenericKubernetesResource>,
        OnUpdateFilter<GenericKubernetesResource> {

  private final KnowledgeIndex index;
  private final Map<ResourceID, Map<String, String>> replacedLabels = new ConcurrentHashMap<>();

  ConfigMapUsers(KnowledgeIndex index) {
    this.index = index;
  }

  @Override
  public boolean accept(GenericKubernetesResource now, GenericKubernetesResource before) {
    var labels = before.getMetadata().getLabels();
    if (labels != null && !labels.equals(now.getMetadata().getLabels())) {
      replacedLabels.put(ResourceID.fromResource(now), labels);
    }
    return true;
  }

  @Override
  public Set<ResourceID> toPrimaryResourceIDs(GenericKubernetesResource changed) {
    var before = replacedLabels.remove(ResourceID.fromResource(changed));
    return isLedger(changed)
        ? Set.of()
        : index.inNamespace(changed.getMetadata().getNamespace()).stream()
            .filter(source -> refersTo(source, changed, before))
            .map(ResourceID::fromResource)
            .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isLedger(HasMetadata configMap) {
    var labels = configMap.getMetadata().getLabels();
    return labels != null && labels.containsKey(Ledger.LABEL);
  }

  private static boolean refersTo(
      KnowledgeSource source, HasMetadata changed, @Nullable Map<String, String> before) {
    var spec = source.getSpec().configMap();
    if (spec == null) {
      return false;
    }
    return spec.selector() == null
        ? Objects.equals(spec.name(), changed.getMetadata().getName())
        : LabelSelectors.matches(spec.selector(), changed.getMetadata().getLabels())
            || (before != null && LabelSelectors.matches(spec.selector(), before));
  }
}
