package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.status.Deadline;
import ai.okchat.operator.status.Pause;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which updates of a KnowledgeSource are worth a pass: of the spec, of the annotations by which
 * people speak to the operator, its deletion, and a status or finalizer that was taken away. Our
 * own writes are none of these.
 */
final class KnowledgeChanges implements OnUpdateFilter<KnowledgeSource> {

  static final String REFRESH_REQUESTED_AT = "okchat.ai/refresh-requested-at";
  private static final String RECONCILE_REQUESTED_AT = "okchat.ai/reconcile-requested-at";

  private static final List<String> SPOKEN =
      List.of(Pause.ANNOTATION, REFRESH_REQUESTED_AT, RECONCILE_REQUESTED_AT, Deadline.ANNOTATION);

  @Override
  public boolean accept(KnowledgeSource now, KnowledgeSource before) {
    return !Objects.equals(now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
        || now.isMarkedForDeletion() != before.isMarkedForDeletion()
        || (wasLookedAt(before) && !wasLookedAt(now))
        || (KnowledgeMetadata.isHeld(before) && !KnowledgeMetadata.isHeld(now))
        || SPOKEN.stream().anyMatch(name -> !Objects.equals(said(now, name), said(before, name)));
  }

  /** A status that was taken away comes back with the default of the CRD, which says nothing. */
  private static boolean wasLookedAt(KnowledgeSource source) {
    return source.getStatus() != null && !source.getStatus().conditions().isEmpty();
  }

  private static @Nullable String said(KnowledgeSource source, String annotation) {
    var annotations = source.getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(annotation);
  }
}
