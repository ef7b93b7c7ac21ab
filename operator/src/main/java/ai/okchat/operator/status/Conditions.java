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

/** Reads, merges and sorts conditions. The only class that creates a {@link Condition}. */
public final class Conditions {

  private Conditions() {}

  /**
   * Returns the conditions to store: one for each value, sorted by type. {@code lastTransitionTime}
   * changes only with the status of the condition, so that equal reconciliations give equal lists.
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

  /** Returns the conditions of an object of an OkChat kind; empty if it has no status yet. */
  public static List<Condition> of(HasMetadata object) {
    return switch (statusOf(object)) {
      case ChatbotStatus chatbot -> chatbot.conditions();
      case KnowledgeSourceStatus source -> source.conditions();
      case ChatbotBackendStatus backend -> backend.conditions();
      case null, default -> List.of();
    };
  }

  /**
   * Returns the conditions of an object if they describe its current generation; otherwise an empty
   * list.
   */
  public static List<Condition> ofCurrentGeneration(HasMetadata object) {
    return isOfCurrentGeneration(object) ? of(object) : List.of();
  }

  /** Returns whether the status of an object describes its current generation. */
  public static boolean isOfCurrentGeneration(HasMetadata object) {
    return object.getMetadata().getGeneration().equals(observedGeneration(object));
  }

  private static @Nullable Long observedGeneration(HasMetadata object) {
    return switch (statusOf(object)) {
      case ChatbotStatus chatbot -> chatbot.observedGeneration();
      case KnowledgeSourceStatus source -> source.observedGeneration();
      case ChatbotBackendStatus backend -> backend.observedGeneration();
      case null, default -> null;
    };
  }

  private static @Nullable Object statusOf(HasMetadata object) {
    return object instanceof CustomResource<?, ?> custom ? custom.getStatus() : null;
  }

  public static Optional<Condition> find(@Nullable List<Condition> conditions, ConditionType type) {
    return conditions == null
        ? Optional.empty()
        : conditions.stream()
            .filter(condition -> type.name().equals(condition.getType()))
            .findFirst();
  }

  /** Returns whether the condition exists and is {@code True}. */
  public static boolean isTrue(@Nullable List<Condition> conditions, ConditionType type) {
    return find(conditions, type)
        .filter(condition -> Truth.True.name().equals(condition.getStatus()))
        .isPresent();
  }

  /** Returns whether the condition exists and has this reason. */
  public static boolean hasReason(
      @Nullable List<Condition> conditions, ConditionType type, Reason reason) {
    return find(conditions, type)
        .filter(condition -> reason.name().equals(condition.getReason()))
        .isPresent();
  }

  /**
   * Returns the value of a stored condition; empty if it does not exist or another version wrote
   * it.
   */
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
      return Optional.empty(); // Another version of the operator wrote it.
    }
  }

  private static Condition merged(
      Optional<Condition> before, ConditionValue value, long generation, Instant now) {
    var truth = value.truth().name();
    var since =
        before
            .filter(condition -> truth.equals(condition.getStatus()))
            .map(Condition::getLastTransitionTime)
            .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
    return new Condition(
        since, value.message(), generation, value.reason().name(), truth, value.type().name());
  }
}
