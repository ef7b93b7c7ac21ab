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
    if (manifest.json().path("spec").path("suspend").asBoolean()) {
      return Optional.of("spec.suspend is true: the operator sends nothing until it is false.");
    }
    if (isSet(has(manifest) || live == null ? manifest : live)) {
      return Optional.of(
          "The annotation %s is set: the operator sends nothing until it is removed."
              .formatted(ANNOTATION));
    }
    return namespace(inputs.namespaceOf(manifest))
        .filter(PauseReader::isSet)
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

  /** Returns whether the annotation is set to any value but {@code false}. */
  private static boolean isSet(KubeObject object) {
    return has(object) && !object.annotation(ANNOTATION).equals("false");
  }

  private static boolean has(KubeObject object) {
    return object.json().path("metadata").path("annotations").has(ANNOTATION);
  }
}
