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
 * What one object says of itself.
 *
 * @param ready the condition Ready as a label: true, false or unknown
 * @param reason its reason; {@code Unseen} where no pass has ended yet
 * @param since when Ready took this value, or when the deletion was asked for
 * @param isGoing whether it is being deleted
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
        ready.map(it -> it.getStatus().toLowerCase(Locale.ROOT)).orElse("unknown"),
        ready.map(ObjectState::word).orElse(UNSEEN),
        since(object, ready),
        object.isMarkedForDeletion(),
        conditions.stream()
            .filter(it -> "True".equals(it.getStatus()))
            .filter(it -> ConditionType.isKnown(it.getType()))
            .collect(Collectors.toMap(Condition::getType, ObjectState::word, (one, _) -> one)));
  }

  /** Whether it should be Ready and is not. */
  boolean isWanting() {
    return !isGoing && !held.containsKey(ConditionType.Paused.name()) && !"true".equals(ready);
  }

  private static String word(Condition condition) {
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
