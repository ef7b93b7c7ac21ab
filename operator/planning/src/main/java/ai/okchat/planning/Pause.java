package ai.okchat.planning;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decides whether a user paused an object. Pure. */
public final class Pause {

  public static final String ANNOTATION = "okchat.ai/paused";

  private Pause() {}

  /**
   * Returns a sentence that says how the object is paused, and how to end it; empty if it is not
   * paused.
   *
   * @param suspended by {@code spec.suspend}
   * @param namespace annotations of the namespace, needed only if the object itself is not paused;
   *     empty if they are not known
   */
  public static Optional<String> of(
      @Nullable Map<String, String> annotations,
      boolean suspended,
      Supplier<Optional<Map<String, String>>> namespace) {
    if (suspended) {
      return Optional.of("spec.suspend is true: the operator sends no request until it is false.");
    }
    if (isSet(annotations)) {
      return Optional.of(
          "The annotation %s is set: the operator sends no request until it is removed."
              .formatted(ANNOTATION));
    }
    return namespace
        .get()
        .filter(Pause::isSet)
        .map(
            _ ->
                "The annotation %s is set on the namespace: the operator sends no request until it is removed."
                    .formatted(ANNOTATION));
  }

  /** Returns whether these annotations of an object or a namespace pause it. */
  public static boolean isSet(@Nullable Map<String, String> annotations) {
    return isSet(annotations, ANNOTATION);
  }

  /** Returns whether an annotation is set to any value but {@code false}. */
  public static boolean isSet(@Nullable Map<String, String> annotations, String annotation) {
    return annotations != null
        && annotations.containsKey(annotation)
        && !"false".equals(annotations.get(annotation));
  }
}
