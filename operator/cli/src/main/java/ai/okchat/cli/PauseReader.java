package ai.okchat.cli;

import ai.okchat.planning.Pause;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the annotations by which a user pauses an object, as they are after an apply. */
final class PauseReader {
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
    return Pause.of(
        annotations(manifest, live),
        manifest.json().path("spec").path("suspend").booleanValue(),
        () -> namespace(inputs.namespaceOf(manifest)).map(KubeObject::annotations));
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
    return Pause.isSet(annotations(manifest, live), annotation);
  }

  private static Map<String, String> annotations(KubeObject manifest, @Nullable KubeObject live) {
    var annotations = new HashMap<>(live == null ? Map.of() : live.annotations());
    annotations.putAll(manifest.annotations());
    return annotations;
  }
}
