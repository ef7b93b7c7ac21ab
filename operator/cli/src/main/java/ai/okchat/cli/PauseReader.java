package ai.okchat.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out whether the operator sends nothing for an object, because a user paused it. */
final class PauseReader {
  private static final String ANNOTATION = "okchat.ai/paused";

  private final DiffInputs inputs;

  PauseReader(DiffInputs inputs) {
    this.inputs = inputs;
  }

  /**
   * Returns a sentence that says how the object is paused; empty if it is not.
   *
   * @param live null if the object does not exist
   */
  Optional<String> read(KubeObject manifest, @Nullable KubeObject live) {
    if (manifest.json().path("spec").path("suspend").booleanValue()) {
      return Optional.of("spec.suspend is true: the operator sends nothing until it is false.");
    }
    if (isSet(manifest, live, ANNOTATION)) {
      return Optional.of(
          "The annotation %s is set: the operator sends nothing until it is removed."
              .formatted(ANNOTATION));
    }
    return namespace(inputs.namespaceOf(manifest))
        .filter(object -> isSet(object, ANNOTATION))
        .map(
            _ ->
                "The annotation %s is set on the namespace: the operator sends nothing until it is removed."
                    .formatted(ANNOTATION));
  }

  /** Reads the namespace; empty without the right to, which few users have. */
  private Optional<KubeObject> namespace(String name) {
    try {
      return name.isEmpty() ? Optional.empty() : inputs.live(ResourceType.NAMESPACE, "", name);
    } catch (PluginException missingRight) {
      return Optional.empty();
    }
  }

  /**
   * Returns whether an annotation is set after an apply, which keeps those that the manifest omits.
   *
   * @param live null if the object does not exist
   */
  static boolean isSet(KubeObject manifest, @Nullable KubeObject live, String annotation) {
    return isSet(has(manifest, annotation) || live == null ? manifest : live, annotation);
  }

  /** Returns whether an annotation is set to any value but {@code false}. */
  private static boolean isSet(KubeObject object, String annotation) {
    return has(object, annotation) && !object.annotation(annotation).equals("false");
  }

  private static boolean has(KubeObject object, String annotation) {
    return object.json().path("metadata").path("annotations").has(annotation);
  }
}
