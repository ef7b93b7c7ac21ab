package ai.okchat.operator.metrics;

import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The state of one object according to its status.
 *
 * @param ready the condition Ready as a label: true, false or unknown
 * @param reason its reason; {@code Unseen} before the end of the first reconciliation
 * @param since time of the last transition of Ready, or of the deletion request
 * @param isGoing true if it is being deleted
 * @param held the types of the conditions that are True, with their reasons
 */
record ObjectState(
    String ready, String reason, Instant since, boolean isGoing, Map<String, String> held) {

  private static final String UNSEEN = "Unseen";
  private static final String ANOTHER_VERSIONS = "Other";

  static ObjectState of(HasMetadata object) {
    var conditions = Conditions.of(object);
    var ready = Conditions.find(conditions, ConditionType.Ready);
    return new ObjectState(
        ready.map(condition -> condition.getStatus().toLowerCase(Locale.ROOT)).orElse("unknown"),
        ready.map(ObjectState::knownReason).orElse(UNSEEN),
        since(object, ready),
        object.isMarkedForDeletion(),
        conditions.stream()
            .filter(condition -> "True".equals(condition.getStatus()))
            .filter(condition -> ConditionType.isKnown(condition.getType()))
            .collect(
                Collectors.toMap(Condition::getType, ObjectState::knownReason, (one, _) -> one)));
  }

  /** Returns whether it should be Ready and is not. */
  boolean isNotReady() {
    return !isGoing && !held.containsKey(ConditionType.Paused.name()) && !"true".equals(ready);
  }

  private static String knownReason(Condition condition) {
    return Reason.isKnown(condition.getReason()) ? condition.getReason() : ANOTHER_VERSIONS;
  }

  private static Instant since(HasMetadata object, Optional<Condition> ready) {
    var metadata = object.getMetadata();
    var time =
        object.isMarkedForDeletion()
            ? metadata.getDeletionTimestamp()
            : ready.map(Condition::getLastTransitionTime).orElse(metadata.getCreationTimestamp());
    return Instant.parse(time);
  }
}
