package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.ConditionValue;
import ai.okchat.operator.status.ConditionValue.Truth;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.status.StandardConditions;
import ai.okchat.planning.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Builds the conditions of a Chatbot for each result of a reconciliation. Pure. */
final class ChatbotConditions {

  private ChatbotConditions() {}

  static List<ConditionValue> matched(SyncResult.Matched matched) {
    var values = new ArrayList<>(StandardConditions.ready(readyMessage(matched)));
    if (matched.drift().isEmpty()) {
      values.add(synced(Truth.True, Reason.InSync, "The backend has the values of the spec."));
    } else {
      var message = driftMessage(matched);
      values.add(synced(Truth.False, matched.why(), message));
      values.add(
          new ConditionValue(ConditionType.DriftDetected, Truth.True, matched.why(), message));
    }
    return List.copyOf(values);
  }

  private static String readyMessage(SyncResult.Matched matched) {
    return matched.drift().isEmpty()
        ? "The bot matches the spec."
        : "The bot exists. The condition Synced names the fields that differ from the spec.";
  }

  private static String driftMessage(SyncResult.Matched matched) {
    var fields = matched.drift().stream().map(Difference::path).collect(Collectors.joining(", "));
    return matched.why() == Reason.DriftRecurring
        ? "Another client changes %s in the backend again after each correction. Find that client, or name the fields in spec.ignoreFields. The operator corrects them again in ten minutes."
            .formatted(fields)
        : "Another client changed %s in the backend. Set spec.driftPolicy: Enforce to correct it, or add the change to the spec."
            .formatted(fields);
  }

  /** Builds the conditions after a failure. Drift that was found before still counts. */
  static List<ConditionValue> failed(Failure failure, ChatbotStatus before) {
    var values = new ArrayList<>(StandardConditions.failed(failure));
    values.add(StandardConditions.notSynced(failure));
    if (!before.drift().isEmpty()) {
      Conditions.value(before.conditions(), ConditionType.DriftDetected).ifPresent(values::add);
    }
    return List.copyOf(values);
  }

  private static ConditionValue synced(Truth truth, Reason reason, String message) {
    return new ConditionValue(ConditionType.Synced, truth, reason, message);
  }
}
