package ai.okchat.operator.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;

/**
 * Status that kstatus computes for a custom resource, by its published rules. Flux, {@code kpt} and
 * other tools use it to wait for the objects that they applied.
 */
enum Kstatus {
  Current,
  InProgress,
  Failed,
  Terminating;

  static Kstatus of(JsonNode object) {
    if (object.path("metadata").hasNonNull("deletionTimestamp")) {
      return Terminating;
    }
    var observed = object.at("/status/observedGeneration");
    if (!observed.isMissingNode()
        && observed.asLong() != object.at("/metadata/generation").asLong()) {
      return InProgress;
    }
    if (truthOf(object, "Reconciling").equals("True")) {
      return InProgress;
    }
    if (truthOf(object, "Stalled").equals("True")) {
      return Failed;
    }
    return switch (truthOf(object, "Ready")) {
      case "False", "Unknown" -> InProgress;
      default -> Current; // Also where there is no such condition at all.
    };
  }

  /** Empty where there is no such condition. */
  private static String truthOf(JsonNode object, String type) {
    return StreamSupport.stream(object.at("/status/conditions").spliterator(), false)
        .filter(condition -> condition.path("type").asText().equals(type))
        .map(condition -> condition.path("status").asText())
        .findFirst()
        .orElse("");
  }
}
