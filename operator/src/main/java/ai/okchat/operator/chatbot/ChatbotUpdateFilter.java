package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.lifecycle.DeletionTimeout;
import ai.okchat.planning.Pause;
import ai.okchat.planning.ResolvedInputs;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Accepts the updates of a Chatbot that need a reconciliation: of the spec, of the annotations that
 * users set, its deletion, and a status or finalizer that was removed. Writes of the operator are
 * none of these.
 */
final class ChatbotUpdateFilter implements OnUpdateFilter<Chatbot> {

  private static final List<String> USER_ANNOTATIONS =
      List.of(
          Pause.ANNOTATION,
          ResolvedInputs.REQUESTED_AT_ANNOTATION,
          DeletionTimeout.ANNOTATION,
          RecreateApproval.ANNOTATION);

  @Override
  public boolean accept(Chatbot now, Chatbot before) {
    return !Objects.equals(now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
        || now.isMarkedForDeletion() != before.isMarkedForDeletion()
        || (statusId(before) != null && statusId(now) == null)
        || isSlugRemovedByUser(now, before)
        || (ChatbotMetadata.hasFinalizer(before)
            && !ChatbotMetadata.hasFinalizer(now)
            && statusId(now) != null)
        || USER_ANNOTATIONS.stream()
            .anyMatch(name -> !Objects.equals(annotation(now, name), annotation(before, name)));
  }

  /**
   * The operator removes the slug together with the finalizer; without a finalizer, a user removed
   * it.
   */
  private static boolean isSlugRemovedByUser(Chatbot now, Chatbot before) {
    return annotation(before, Claim.SLUG_ANNOTATION) != null
        && annotation(now, Claim.SLUG_ANNOTATION) == null
        && !ChatbotMetadata.hasFinalizer(before);
  }

  private static @Nullable String annotation(Chatbot chatbot, String name) {
    var annotations = chatbot.getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(name);
  }

  private static @Nullable String statusId(Chatbot chatbot) {
    return chatbot.getStatus() == null ? null : chatbot.getStatus().id();
  }
}
