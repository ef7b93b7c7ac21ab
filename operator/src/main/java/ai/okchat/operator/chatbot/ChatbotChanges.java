package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.status.Deadline;
import ai.okchat.operator.status.Pause;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which updates of a Chatbot are worth a pass: of the spec, of the annotations by which people
 * speak to the operator, its deletion, and a status or finalizer that was taken away. Our own
 * writes are none of these.
 */
final class ChatbotChanges implements OnUpdateFilter<Chatbot> {

  private static final List<String> SPOKEN =
      List.of(
          Pause.ANNOTATION,
          Inputs.REQUESTED_AT_ANNOTATION,
          Deadline.ANNOTATION,
          Approval.ANNOTATION);

  @Override
  public boolean accept(Chatbot now, Chatbot before) {
    return !Objects.equals(now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
        || now.isMarkedForDeletion() != before.isMarkedForDeletion()
        || (statusId(before) != null && statusId(now) == null)
        || isCopyGone(now, before)
        || (ChatbotMetadata.isHeld(before) && !ChatbotMetadata.isHeld(now) && statusId(now) != null)
        || SPOKEN.stream().anyMatch(name -> !Objects.equals(said(now, name), said(before, name)));
  }

  /** We take our slug away together with the finalizer; without one, a person took it. */
  private static boolean isCopyGone(Chatbot now, Chatbot before) {
    return said(before, Claim.SLUG_ANNOTATION) != null
        && said(now, Claim.SLUG_ANNOTATION) == null
        && !ChatbotMetadata.isHeld(before);
  }

  private static @Nullable String said(Chatbot chatbot, String annotation) {
    var annotations = chatbot.getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(annotation);
  }

  private static @Nullable String statusId(Chatbot chatbot) {
    return chatbot.getStatus() == null ? null : chatbot.getStatus().id();
  }
}
