package ai.okchat.operator;

import ai.okchat.api.v1alpha1.BackendObject;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;

/** Who waits for a pass over an object, by what its last report says. */
enum Urgency {
  /** Somebody who changed it and looks at it, or all the objects of a backend. */
  AT_ONCE(Duration.ZERO),

  /** Somebody who made it, perhaps with many others. */
  SOON(Duration.ofMinutes(5)),

  /** Nobody: it was as asked for, or its last failure is known. */
  LATER(Duration.ofMinutes(10));

  private final Duration patience;

  Urgency(Duration patience) {
    this.patience = patience;
  }

  static Urgency of(HasMetadata object) {
    if (object instanceof BackendObject || object.isMarkedForDeletion()) {
      return AT_ONCE;
    }
    return Conditions.find(Conditions.of(object), ConditionType.Ready)
        .map(
            it ->
                object.getMetadata().getGeneration().equals(it.getObservedGeneration())
                    ? LATER
                    : AT_ONCE)
        .orElse(SOON);
  }

  /** How much later it may have come and still goes first: nothing waits for ever. */
  Duration patience() {
    return patience;
  }
}
