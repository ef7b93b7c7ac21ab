package ai.okchat.operator.status;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who asked for an object to be left alone. Pure. */
public final class Pause {

  public static final String ANNOTATION = "okchat.ai/paused";

  private Pause() {}

  /**
   * A sentence that says who, and how to end it; empty where nobody did.
   *
   * @param suspended by {@code spec.suspend}
   */
  public static Optional<String> of(
      HasMetadata object, boolean suspended, Optional<Namespace> namespace) {
    if (suspended) {
      return Optional.of("spec.suspend is true: nothing is sent until it is false.");
    }
    if (isSet(object.getMetadata().getAnnotations())) {
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

  /** Whether these annotations of an object or a namespace ask for it. */
  public static boolean isSet(@Nullable Map<String, String> annotations) {
    return annotations != null
        && annotations.containsKey(ANNOTATION)
        && !"false".equals(annotations.get(ANNOTATION));
  }
}
