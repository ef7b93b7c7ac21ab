package ai.okchat.operator.chatbot;

import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.ConditionValue;
import ai.okchat.operator.status.ConditionValue.Truth;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.status.StandardConditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All seven conditions of a Chatbot for each way a pass can end. Pure. */
final class ChatbotConditions {

  private static final List<ConditionType> ALL =
      List.of(
          ConditionType.DriftDetected,
          ConditionType.Paused,
          ConditionType.Ready,
          ConditionType.Reconciling,
          ConditionType.ResolvedRefs,
          ConditionType.Stalled,
          ConditionType.Synced);

  private ChatbotConditions() {}

  static List<ConditionValue> matched(Outcome.Matched matched) {
    var values = new ArrayList<>(StandardConditions.ready(readyMessage(matched)));
    values.add(notPaused());
    if (matched.drift().isEmpty()) {
      values.add(synced(Truth.True, Reason.InSync, "The backend has what the spec asks for."));
      values.add(noDrift());
    } else {
      var message = driftMessage(matched);
      values.add(synced(Truth.False, matched.why(), message));
      values.add(
          new ConditionValue(ConditionType.DriftDetected, Truth.True, matched.why(), message));
    }
    return List.copyOf(values);
  }

  private static String readyMessage(Outcome.Matched matched) {
    return matched.drift().isEmpty()
        ? "The bot is as the spec asks."
        : "The bot works. The condition Synced names the fields that differ from the spec.";
  }

  private static String driftMessage(Outcome.Matched matched) {
    var fields = matched.drift().stream().map(Difference::path).collect(Collectors.joining(", "));
    return matched.why() == Reason.DriftContested
        ? "Somebody keeps changing %s in the backend after it was put right. Find out who, or leave the fields to them with spec.ignoreFields; it is tried again in ten minutes."
            .formatted(fields)
        : "Somebody changed %s in the backend. Set spec.driftPolicy: Enforce to put it right, or take the change over into the spec."
            .formatted(fields);
  }

  static List<ConditionValue> failed(Failure failure) {
    return Stream.concat(
            StandardConditions.failed(failure).stream(),
            Stream.of(
                synced(
                    failure.stalled() ? Truth.False : Truth.Unknown,
                    failure.reason(),
                    failure.message()),
                noDrift(),
                notPaused()))
        .toList();
  }

  /** What was said of this generation stays, since nothing is looked at. */
  static List<ConditionValue> paused(List<Condition> before, String message) {
    return ALL.stream()
        .map(
            type ->
                type == ConditionType.Paused
                    ? new ConditionValue(type, Truth.True, Reason.Suspended, message)
                    : Conditions.value(before, type).orElseGet(() -> neverLookedAt(type, message)))
        .toList();
  }

  private static ConditionValue neverLookedAt(ConditionType type, String message) {
    return new ConditionValue(type, Truth.Unknown, Reason.Suspended, message);
  }

  private static ConditionValue synced(Truth truth, Reason reason, String message) {
    return new ConditionValue(ConditionType.Synced, truth, reason, message);
  }

  private static ConditionValue noDrift() {
    return new ConditionValue(
        ConditionType.DriftDetected,
        Truth.False,
        Reason.NoDrift,
        "Nobody is known to have changed a managed field.");
  }

  private static ConditionValue notPaused() {
    return new ConditionValue(
        ConditionType.Paused, Truth.False, Reason.NotPaused, "The bot is kept in sync.");
  }
}
