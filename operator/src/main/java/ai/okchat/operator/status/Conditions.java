package ai.okchat.operator.status;

import ai.okchat.api.v1alpha1.ChatbotBackendStatus;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.api.v1alpha1.KnowledgeSourceStatus;
import ai.okchat.operator.status.ConditionValue.Truth;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Conditions as values: read, merged, sorted. The only place that makes a {@link Condition}. */
public final class Conditions {

  private Conditions() {}

  /**
   * The conditions to store: one for each value, sorted by type. {@code lastTransitionTime} moves
   * only where the truth changed, so that the same pass twice gives the same list.
   */
  public static List<Condition> merge(
      @Nullable List<Condition> previous,
      Collection<ConditionValue> values,
      long generation,
      Instant now) {
    return values.stream()
        .sorted(Comparator.comparing(value -> value.type().name()))
        .map(value -> merged(find(previous, value.type()), value, generation, now))
        .toList();
  }

  /** Those of any of our kinds; none where it was never looked at. */
  public static List<Condition> of(HasMetadata object) {
    var status = object instanceof CustomResource<?, ?> ours ? ours.getStatus() : null;
    return switch (status) {
      case ChatbotStatus it -> it.conditions();
      case KnowledgeSourceStatus it -> it.conditions();
      case ChatbotBackendStatus it -> it.conditions();
      case null, default -> List.of();
    };
  }

  public static Optional<Condition> find(@Nullable List<Condition> conditions, ConditionType type) {
    return conditions == null
        ? Optional.empty()
        : conditions.stream().filter(it -> type.name().equals(it.getType())).findFirst();
  }

  /** Whether the condition is there and says {@code True}. */
  public static boolean isTrue(@Nullable List<Condition> conditions, ConditionType type) {
    return find(conditions, type)
        .filter(it -> Truth.True.name().equals(it.getStatus()))
        .isPresent();
  }

  /** Whether the condition is there with this reason. */
  public static boolean hasReason(
      @Nullable List<Condition> conditions, ConditionType type, Reason reason) {
    return find(conditions, type).filter(it -> reason.name().equals(it.getReason())).isPresent();
  }

  /** What a condition said before, as a value; empty where it is missing or from elsewhere. */
  public static Optional<ConditionValue> value(
      @Nullable List<Condition> conditions, ConditionType type) {
    return find(conditions, type).flatMap(Conditions::parse);
  }

  private static Optional<ConditionValue> parse(Condition condition) {
    try {
      return Optional.of(
          new ConditionValue(
              ConditionType.valueOf(condition.getType()),
              Truth.valueOf(condition.getStatus()),
              Reason.valueOf(condition.getReason()),
              condition.getMessage() == null ? "" : condition.getMessage()));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // Another version's word: as good as not said.
    }
  }

  private static Condition merged(
      Optional<Condition> before, ConditionValue value, long generation, Instant now) {
    var truth = value.truth().name();
    var since =
        before
            .filter(it -> truth.equals(it.getStatus()))
            .map(Condition::getLastTransitionTime)
            .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
    return new Condition(
        since, value.message(), generation, value.reason().name(), truth, value.type().name());
  }
}
