package ai.okchat.operator.knowledge;

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

/** All ten conditions of a KnowledgeSource for each way a pass can end. Pure. */
final class KnowledgeConditions {

  private static final List<ConditionType> ALL =
      List.of(
          ConditionType.DriftDetected,
          ConditionType.Ingested,
          ConditionType.Paused,
          ConditionType.Ready,
          ConditionType.Reconciling,
          ConditionType.ResolvedRefs,
          ConditionType.Retrievable,
          ConditionType.Stale,
          ConditionType.Stalled,
          ConditionType.Synced);

  private KnowledgeConditions() {}

  /**
   * After a pass that could look at the backend.
   *
   * @param drifted whether somebody took or changed documents in the backend
   */
  static List<ConditionValue> of(Progress progress, Retrieval retrieval, boolean drifted) {
    var obstacle = Obstacle.of(progress, retrieval);
    var values =
        new ArrayList<>(
            obstacle
                .map(StandardConditions::failed)
                .orElseGet(
                    () ->
                        StandardConditions.ready(
                            "The bot answers from the documents of this source.")));
    values.add(ingested(progress));
    values.add(synced(progress));
    values.add(retrievable(retrieval));
    values.add(drifted ? drift() : noDrift());
    values.add(notPaused());
    return List.copyOf(values);
  }

  /** After a pass that failed: what was known of the documents stays known. */
  static List<ConditionValue> failed(Failure failure, List<Condition> before) {
    var values = new ArrayList<>(StandardConditions.failed(failure));
    values.add(
        new ConditionValue(
            ConditionType.Synced,
            failure.stalled() ? Truth.False : Truth.Unknown,
            failure.reason(),
            failure.message()));
    values.add(kept(before, ConditionType.Ingested, failure));
    values.add(kept(before, ConditionType.Retrievable, failure));
    values.add(noDrift());
    values.add(notPaused());
    return List.copyOf(values);
  }

  /** What was said of this generation stays, since nothing is looked at. */
  static List<ConditionValue> paused(List<Condition> before, String message) {
    return ALL.stream()
        .filter(type -> type != ConditionType.Stale)
        .map(
            type ->
                type == ConditionType.Paused
                    ? new ConditionValue(type, Truth.True, Reason.Suspended, message)
                    : Conditions.value(before, type)
                        .orElseGet(
                            () ->
                                new ConditionValue(type, Truth.Unknown, Reason.Suspended, message)))
        .toList();
  }

  static ConditionValue stale(boolean stale) {
    return stale
        ? new ConditionValue(
            ConditionType.Stale,
            Truth.True,
            Reason.TooOld,
            "The source was last read longer ago than spec.maxAge allows. The other conditions say"
                + " why.")
        : new ConditionValue(
            ConditionType.Stale, Truth.False, Reason.Fresh, "The documents are fresh enough.");
  }

  private static ConditionValue ingested(Progress progress) {
    if (!progress.understood()) {
      return value(
          ConditionType.Ingested,
          Truth.Unknown,
          Reason.ListNotUnderstood,
          Obstacle.notUnderstood());
    }
    if (progress.documents().isEmpty()) {
      return value(ConditionType.Ingested, Truth.False, Reason.NoDocuments, Obstacle.noDocuments());
    }
    if (!progress.isSettled()) {
      return value(
          ConditionType.Ingested,
          Truth.False,
          Obstacle.underway(progress),
          Obstacle.pending(progress));
    }
    return progress.isIngested()
        ? value(
            ConditionType.Ingested,
            Truth.True,
            Reason.AllListed,
            "The backend lists each document of the source once.")
        : value(
            ConditionType.Ingested, Truth.False, Reason.DocumentsFailed, Obstacle.failed(progress));
  }

  private static ConditionValue synced(Progress progress) {
    if (!progress.understood()) {
      return value(
          ConditionType.Synced, Truth.Unknown, Reason.ListNotUnderstood, Obstacle.notUnderstood());
    }
    if (!progress.isSettled()) {
      return value(
          ConditionType.Synced,
          Truth.False,
          Obstacle.underway(progress),
          Obstacle.pending(progress));
    }
    return progress.overLimit() > 0
        ? value(
            ConditionType.Synced,
            Truth.False,
            Reason.PruneLimitExceeded,
            Obstacle.overLimit(progress))
        : value(
            ConditionType.Synced,
            Truth.True,
            Reason.InSync,
            "The backend has what can be ingested of the source, and nothing else of it.");
  }

  private static ConditionValue retrievable(Retrieval retrieval) {
    return switch (retrieval) {
      case Retrieval.NoChecks _ ->
          value(
              ConditionType.Retrievable,
              Truth.True,
              Reason.NoChecks,
              "spec.retrievalChecks asks for no check.");
      case Retrieval.Passed _ ->
          value(
              ConditionType.Retrievable,
              Truth.True,
              Reason.ChecksPassed,
              "All retrieval checks find what they expect.");
      case Retrieval.NotAsked _ ->
          value(ConditionType.Retrievable, Truth.Unknown, Reason.NotChecked, Obstacle.notChecked());
      case Retrieval.Failed(var message) ->
          value(ConditionType.Retrievable, Truth.False, Reason.NotRetrievable, message);
    };
  }

  private static ConditionValue kept(List<Condition> before, ConditionType type, Failure failure) {
    return Conditions.value(before, type)
        .filter(it -> it.reason() != Reason.Suspended)
        .orElseGet(() -> value(type, Truth.Unknown, failure.reason(), failure.message()));
  }

  private static ConditionValue drift() {
    return value(
        ConditionType.DriftDetected,
        Truth.True,
        Reason.Drifted,
        "Documents of this source were removed or changed in the backend; they are put back.");
  }

  private static ConditionValue noDrift() {
    return value(
        ConditionType.DriftDetected,
        Truth.False,
        Reason.NoDrift,
        "Nobody is known to have changed a document of this source.");
  }

  private static ConditionValue notPaused() {
    return value(
        ConditionType.Paused, Truth.False, Reason.NotPaused, "The documents are kept in sync.");
  }

  private static ConditionValue value(
      ConditionType type, Truth truth, Reason reason, String message) {
    return new ConditionValue(type, truth, reason, message);
  }
}
