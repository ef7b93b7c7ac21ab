package ai.okchat.operator.knowledge;

import ai.okchat.operator.knowledge.ingestion.Progress;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.ConditionValue;
import ai.okchat.operator.status.ConditionValue.Truth;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.status.StandardConditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Computes the conditions of a KnowledgeSource for each result of a reconciliation. Pure. */
final class KnowledgeConditions {

  /** The message of drift, in {@code Synced} and in its Event. */
  static final String DRIFT =
      "Another client removed or changed documents of this source in the backend. The operator"
          + " uploads them again.";

  private KnowledgeConditions() {}

  /**
   * Returns the conditions after a reconciliation that read the list of the backend.
   *
   * @param drifted whether another client removed or changed documents in the backend
   */
  static List<ConditionValue> of(Progress progress, RetrievalResult retrieval, boolean drifted) {
    var values =
        new ArrayList<>(
            ReadinessBlocker.of(progress, retrieval)
                .map(StandardConditions::failed)
                .orElseGet(() -> StandardConditions.ready(ReadinessBlocker.ready(progress))));
    values.add(drifted ? drift() : synced(progress));
    retrievable(retrieval).ifPresent(values::add);
    return List.copyOf(values);
  }

  /**
   * Returns the conditions after a failure; the known state of the documents remains.
   *
   * @param before conditions of the same generation
   */
  static List<ConditionValue> failed(Failure failure, List<Condition> before) {
    var values = new ArrayList<>(StandardConditions.failed(failure));
    values.add(
        StandardConditions.known(before, ConditionType.Synced)
            .orElseGet(() -> StandardConditions.notSynced(failure)));
    StandardConditions.known(before, ConditionType.Retrievable).ifPresent(values::add);
    return List.copyOf(values);
  }

  static ConditionValue stale() {
    return value(
        ConditionType.Stale,
        Truth.True,
        Reason.MaxAgeExceeded,
        "The operator last read the source longer ago than spec.maxAge allows. The other conditions"
            + " have the cause.");
  }

  /** A list of another format does not show whether documents are missing. */
  private static ConditionValue synced(Progress progress) {
    return ReadinessBlocker.ofDocuments(progress)
        .map(
            failure ->
                synced(
                    failure.reason() == Reason.UnsupportedListFormat ? Truth.Unknown : Truth.False,
                    failure.reason(),
                    failure.message()))
        .orElseGet(
            () ->
                synced(
                    Truth.True,
                    Reason.IngestionComplete,
                    "The backend lists each document of the source%s exactly once, and no obsolete document."
                        .formatted(progress.failed().isEmpty() ? "" : " that can be ingested")));
  }

  private static ConditionValue synced(Truth truth, Reason reason, String message) {
    return value(ConditionType.Synced, truth, reason, message);
  }

  /** Returns {@code Retrievable} if the spec has retrieval checks. */
  private static Optional<ConditionValue> retrievable(RetrievalResult retrieval) {
    return switch (retrieval) {
      case RetrievalResult.NoChecks _ -> Optional.empty();
      case RetrievalResult.Passed _ ->
          retrievable(Truth.True, Reason.ChecksPassed, "All retrieval checks succeeded.");
      case RetrievalResult.ChecksPending _ ->
          retrievable(Truth.Unknown, Reason.ChecksPending, ReadinessBlocker.NOT_CHECKED);
      case RetrievalResult.Failed(var message) ->
          retrievable(Truth.False, Reason.RetrievalCheckFailed, message);
    };
  }

  private static Optional<ConditionValue> retrievable(Truth truth, Reason reason, String message) {
    return Optional.of(value(ConditionType.Retrievable, truth, reason, message));
  }

  private static ConditionValue drift() {
    return synced(Truth.False, Reason.Drifted, DRIFT);
  }

  private static ConditionValue value(
      ConditionType type, Truth truth, Reason reason, String message) {
    return new ConditionValue(type, truth, reason, message);
  }
}
