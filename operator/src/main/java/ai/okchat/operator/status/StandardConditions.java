package ai.okchat.operator.status;

import ai.okchat.operator.status.ConditionValue.Truth;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Creates the conditions that every kind has: {@code Ready} always, {@code Reconciling} or {@code
 * Stalled} only while it is True, as kstatus expects.
 */
public final class StandardConditions {

  private static final String EDIT_WAITS =
      " The operator has not compared this generation of the spec with the backend.";
  private static final Set<ConditionType> NOT_WHILE_PAUSED =
      Set.of(ConditionType.Paused, ConditionType.Stale, ConditionType.Reconciling);

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

  /** Returns the conditions of a paused object. A deletion that waits is not Ready. */
  public static List<ConditionValue> paused(HasMetadata object, String message) {
    var edited = !Conditions.isOfCurrentGeneration(object);
    return edited && object.isMarkedForDeletion()
        ? paused(List.of(), true, message)
        : paused(Conditions.of(object), edited, message);
  }

  /**
   * Returns the conditions of a paused object. It keeps those of its generation, and after an edit
   * only {@code Ready}, if it is True: tools that deploy the edit must neither fail nor wait, and
   * {@code Synced} says that the backend does not have it.
   *
   * @param edited whether the stored conditions describe an older generation
   */
  public static List<ConditionValue> paused(
      List<Condition> before, boolean edited, String message) {
    return paused(before, edited, Reason.Suspended, message);
  }

  /** As {@link #paused(List, boolean, String)}, with the reason of the pause. */
  public static List<ConditionValue> paused(
      List<Condition> before, boolean edited, Reason reason, String message) {
    var waits = edited || Conditions.hasReason(before, ConditionType.Synced, Reason.Suspended);
    var isReady = Conditions.isTrue(before, ConditionType.Ready);
    var explained = waits && isReady ? message + EDIT_WAITS : message;
    return Stream.concat(
            Stream.of(new ConditionValue(ConditionType.Paused, Truth.True, reason, explained)),
            Arrays.stream(ConditionType.values())
                .filter(type -> !NOT_WHILE_PAUSED.contains(type))
                .flatMap(
                    type ->
                        kept(before, type, edited)
                            .or(() -> unknown(type, reason, explained))
                            .stream()))
        .toList();
  }

  private static Optional<ConditionValue> kept(
      List<Condition> before, ConditionType type, boolean edited) {
    var isKept =
        !edited || (type == ConditionType.Ready && Conditions.isTrue(before, ConditionType.Ready));
    return known(before, type).filter(_ -> isKept);
  }

  /** Returns a stored condition, unless a pause replaced it. */
  public static Optional<ConditionValue> known(List<Condition> before, ConditionType type) {
    return Conditions.value(before, type)
        .filter(value -> value.reason() != Reason.Suspended && value.reason() != Reason.DryRun);
  }

  private static Optional<ConditionValue> unknown(
      ConditionType type, Reason reason, String message) {
    return type == ConditionType.Ready || type == ConditionType.Synced
        ? Optional.of(new ConditionValue(type, Truth.Unknown, reason, message))
        : Optional.empty();
  }
}
