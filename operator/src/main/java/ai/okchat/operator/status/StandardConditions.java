package ai.okchat.operator.status;

import ai.okchat.operator.status.ConditionValue.Truth;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Creates the conditions that every kind has: {@code Ready} always, {@code Reconciling} or {@code
 * Stalled} only while it is True, as kstatus expects.
 */
public final class StandardConditions {

  private StandardConditions() {}

  /** Returns the conditions of an object whose current generation is reconciled. */
  public static List<ConditionValue> ready(String message) {
    return List.of(new ConditionValue(ConditionType.Ready, Truth.True, Reason.Ready, message));
  }

  public static List<ConditionValue> failed(Failure failure) {
    var reason = failure.reason();
    var message = failure.message();
    return List.of(
        new ConditionValue(ConditionType.Ready, failure.ready(), reason, message),
        new ConditionValue(
            failure.stalled() ? ConditionType.Stalled : ConditionType.Reconciling,
            Truth.True,
            reason,
            message));
  }

  /** Returns {@code Synced} of an object whose comparison with the backend failed. */
  public static ConditionValue notSynced(Failure failure) {
    return new ConditionValue(
        ConditionType.Synced,
        failure.stalled() ? Truth.False : Truth.Unknown,
        failure.reason(),
        failure.message());
  }

  /**
   * Returns the conditions of a paused object: the stored ones of its generation, and why it is
   * paused.
   */
  public static List<ConditionValue> paused(List<Condition> before, String message) {
    return Stream.concat(
            Stream.of(
                new ConditionValue(ConditionType.Paused, Truth.True, Reason.Suspended, message)),
            Arrays.stream(ConditionType.values())
                .filter(type -> type != ConditionType.Paused && type != ConditionType.Stale)
                .flatMap(type -> known(before, type, message).stream()))
        .toList();
  }

  private static Optional<ConditionValue> known(
      List<Condition> before, ConditionType type, String message) {
    return Conditions.value(before, type)
        .or(
            () ->
                Optional.of(new ConditionValue(type, Truth.Unknown, Reason.Suspended, message))
                    .filter(_ -> type == ConditionType.Ready || type == ConditionType.Synced));
  }
}
