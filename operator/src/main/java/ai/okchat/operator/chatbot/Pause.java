package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who asked for a Chatbot to be left alone. Pure. */
final class Pause {

  static final String ANNOTATION = "okchat.ai/paused";

  private Pause() {}

  /** A sentence that says who, and how to end it; empty where nobody did. */
  static Optional<String> of(Chatbot chatbot, Optional<Namespace> namespace) {
    if (chatbot.getSpec().suspend()) {
      return Optional.of("spec.suspend is true: nothing is sent until it is false.");
    }
    if (isSet(chatbot.getMetadata().getAnnotations())) {
      return Optional.of(
          "The annotation %s is set: nothing is sent until it is removed.".formatted(ANNOTATION));
    }
    return namespace
        .filter(it -> isSet(it.getMetadata().getAnnotations()))
        .map(
            _ ->
                "The annotation %s is set on the namespace: nothing is sent until it is removed."
                    .formatted(ANNOTATION));
  }

  static boolean isSet(@Nullable Map<String, String> annotations) {
    return annotations != null
        && annotations.containsKey(ANNOTATION)
        && !"false".equals(annotations.get(ANNOTATION));
  }
}
