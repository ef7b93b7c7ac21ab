package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.knowledge.ingestion.KnowledgeMetadata;
import ai.okchat.operator.lifecycle.DeletionTimeout;
import ai.okchat.planning.Pause;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Accepts the updates of a KnowledgeSource that need a reconciliation: of the spec, of the
 * annotations that users set for the operator, its deletion, and a status or finalizer that another
 * client removed. Writes of the operator are not among these.
 */
final class KnowledgeUpdateFilter implements OnUpdateFilter<KnowledgeSource> {

  private static final String RECONCILE_REQUESTED_AT = "okchat.ai/reconcile-requested-at";

  private static final List<String> USER_ANNOTATIONS =
      List.of(
          Pause.ANNOTATION,
          KnowledgeMetadata.DRY_RUN,
          KnowledgeMetadata.REFRESH_REQUESTED_AT,
          RECONCILE_REQUESTED_AT,
          DeletionTimeout.ANNOTATION);

  @Override
  public boolean accept(KnowledgeSource now, KnowledgeSource before) {
    return !Objects.equals(now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
        || now.isMarkedForDeletion() != before.isMarkedForDeletion()
        || (hasConditions(before) && !hasConditions(now))
        || (KnowledgeMetadata.hasFinalizer(before) && !KnowledgeMetadata.hasFinalizer(now))
        || USER_ANNOTATIONS.stream()
            .anyMatch(name -> !Objects.equals(annotation(now, name), annotation(before, name)));
  }

  /**
   * Returns whether the status has conditions; the default of the CRD, which replaces a removed
   * status, has none.
   */
  private static boolean hasConditions(KnowledgeSource source) {
    return source.getStatus() != null && !source.getStatus().conditions().isEmpty();
  }

  private static @Nullable String annotation(KnowledgeSource source, String key) {
    var annotations = source.getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(key);
  }
}
