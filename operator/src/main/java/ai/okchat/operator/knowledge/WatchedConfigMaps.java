package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.backend.LabelMatch;
import ai.okchat.operator.backend.ReferencedObjects;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.TransformingItemStore;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Wakes KnowledgeSources whose ConfigMap changed, by its name or by its labels, those that it has
 * and those that it had. Only names, labels and versions are kept.
 */
final class WatchedConfigMaps {

  private final KnowledgeIndex index;

  WatchedConfigMaps(KnowledgeIndex index) {
    this.index = index;
  }

  EventSource<ConfigMap, KnowledgeSource> watch(EventSourceContext<KnowledgeSource> context) {
    var configuration =
        InformerEventSourceConfiguration.from(ConfigMap.class, KnowledgeSource.class)
            .withName("knowledge-configmaps")
            .withItemStore(new TransformingItemStore<>(WatchedConfigMaps::withoutContent))
            .withInformerListLimit(ReferencedObjects.LISTED_AT_ONCE)
            .withSecondaryToPrimaryMapper(this::sourcesOf)
            .build();
    return new InformerEventSource<>(configuration, context);
  }

  private Set<ResourceID> sourcesOf(ConfigMap changed) {
    return index.inNamespace(changed.getMetadata().getNamespace()).stream()
        .filter(source -> refersTo(source, changed))
        .map(ResourceID::fromResource)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean refersTo(KnowledgeSource source, ConfigMap changed) {
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
  private static boolean hasDocumentsOf(KnowledgeSource source, ConfigMap changed) {
    var prefix = changed.getMetadata().getName() + "/";
    return source.getStatus() != null
        && (source.getStatus().documents().stream().anyMatch(it -> it.name().startsWith(prefix))
            || hasUnnamedDocuments(source));
  }

  private static boolean hasUnnamedDocuments(KnowledgeSource source) {
    var counts = source.getStatus().counts();
    return counts != null && counts.desired() > source.getStatus().documents().size();
  }

  private static ConfigMap withoutContent(ConfigMap full) {
    var metadata = full.getMetadata();
    full.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(metadata.getNamespace())
            .withName(metadata.getName())
            .withUid(metadata.getUid())
            .withResourceVersion(metadata.getResourceVersion())
            .withLabels(labels(metadata.getLabels()))
            .build());
    full.setData(null);
    full.setBinaryData(null);
    return full;
  }

  private static Map<String, String> labels(@Nullable Map<String, String> labels) {
    return labels == null ? Map.of() : labels;
  }
}
