package ai.okchat.operator.status;

import ai.okchat.operator.status.ConditionValue.Truth;
import java.util.List;

/** The four conditions that every kind has, from how a pass ended. */
public final class StandardConditions {

  private StandardConditions() {}

  /** All done for this generation. */
  public static List<ConditionValue> ready(String message) {
    return List.of(
        new ConditionValue(ConditionType.Ready, Truth.True, Reason.Ready, message),
        resolved(),
        new ConditionValue(
            ConditionType.Reconciling, Truth.False, Reason.Settled, "Nothing is left to do."),
        notStalled());
  }

  public static List<ConditionValue> failed(Failure failure) {
    var reason = failure.reason();
    var message = failure.message();
    return List.of(
        new ConditionValue(ConditionType.Ready, failure.ready(), reason, message),
        failure.aboutReferences()
            ? new ConditionValue(ConditionType.ResolvedRefs, Truth.False, reason, message)
            : resolved(),
        new ConditionValue(
            ConditionType.Reconciling, Truth.of(!failure.stalled()), reason, message),
        failure.stalled()
            ? new ConditionValue(ConditionType.Stalled, Truth.True, reason, message)
            : notStalled());
  }

  private static ConditionValue resolved() {
    return new ConditionValue(
        ConditionType.ResolvedRefs,
        Truth.True,
        Reason.Resolved,
        "Everything that the spec names exists and may be used.");
  }

  private static ConditionValue notStalled() {
    return new ConditionValue(
        ConditionType.Stalled, Truth.False, Reason.Settled, "Nobody has to change anything.");
  }
}
