package ai.okchat.operator.scheduling;

import ai.okchat.api.v1alpha1.BackendObject;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;

/** Priority of the reconciliation of an object, by the condition {@code Ready} in its status. */
enum ReconcilePriority {
  /** A user changed or deleted the object, or it is a backend that other objects depend on. */
  AT_ONCE(Duration.ZERO),

  /** A user created the object, perhaps with many others; it has no condition yet. */
  SOON(Duration.ofMinutes(5)),

  /**
   * No user waits: {@code Ready} already reports the current generation, with success or failure.
   */
  LATER(Duration.ofMinutes(10));

  private final Duration patience;

  ReconcilePriority(Duration patience) {
    this.patience = patience;
  }

  static ReconcilePriority of(HasMetadata object) {
    if (object instanceof BackendObject || object.isMarkedForDeletion()) {
      return AT_ONCE;
    }
    return Conditions.find(Conditions.of(object), ConditionType.Ready)
        .map(
            ready ->
                object.getMetadata().getGeneration().equals(ready.getObservedGeneration())
                    ? LATER
                    : AT_ONCE)
        .orElse(SOON);
  }

  /**
   * Returns how much later an object with {@code AT_ONCE} may arrive and still go first. The bound
   * ensures that no object waits forever.
   */
  Duration patience() {
    return patience;
  }
}
