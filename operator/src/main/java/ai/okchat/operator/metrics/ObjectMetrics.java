package ai.okchat.operator.metrics;

import ai.okchat.operator.kubernetes.EventRecorder.EventType;
import ai.okchat.operator.kubernetes.WriteListener;
import ai.okchat.operator.lifecycle.OrphanReceipts;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Reason;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** Counts events of objects, and their writes to the API server. */
final class ObjectMetrics implements WriteListener {

  private static final List<String> KINDS = List.of("Chatbot", "KnowledgeSource");
  private static final String DRIFT_FOUND = "okchat.drift.found";
  private static final String DRIFT_CORRECTED = "okchat.drift.corrected";
  private static final String ORPHANS = "okchat.orphans";

  private final MeterRegistry registry;
  private final ReadyLatency readyLatency;
  private final ReconcileMetrics reconciliations;
  private final Counter receipts;

  ObjectMetrics(
      MeterRegistry registry, ReadyLatency readyLatency, ReconcileMetrics reconciliations) {
    this.registry = registry;
    this.readyLatency = readyLatency;
    this.reconciliations = reconciliations;
    this.receipts =
        Counter.builder("okchat.orphan.receipts")
            .description("Receipts of bots and documents that the operator orphaned.")
            .register(registry);
    // A rate needs the zero before the first increment.
    for (var kind : KINDS) {
      found(kind);
      corrected(kind);
      orphans(kind);
      avoided(kind);
    }
  }

  @Override
  public void eventRecorded(HasMetadata about, EventType weight, Reason reason, String message) {
    var kind = about.getKind();
    switch (reason) {
      case DriftFound, DriftRecurring -> found(kind).increment();
      case DriftCorrected -> {
        found(kind).increment();
        corrected(kind).increment();
      }
      case Orphaned -> orphans(kind).increment();
      default -> {} // Counted as an event only.
    }
    Counter.builder("okchat.events")
        .description("Events by their reason.")
        .tags("kind", kind, "reason", reason.name())
        .register(registry)
        .increment();
  }

  @Override
  public void statusWritten(HasMetadata before, HasMetadata written) {
    reconciliations.recordOutcome(written);
    written(written, "status");
    readyLatency.reported(written);
    // Several reconciliations restore documents, so no single one corrects their drift.
    if (isDocuments(written) && drifted(before) && !drifted(written)) {
      corrected(written.getKind()).increment();
    }
  }

  @Override
  public void statusUnchanged(HasMetadata object) {
    reconciliations.recordOutcome(object);
    avoided(object.getKind()).increment();
  }

  @Override
  public void metadataWritten(HasMetadata written) {
    written(written, "metadata");
    if (written instanceof ConfigMap && hasLabel(written)) {
      receipts.increment();
    }
  }

  private void written(HasMetadata object, String part) {
    Counter.builder("okchat.api.writes")
        .description("Writes to the API server, without Events.")
        .tags("kind", object.getKind(), "part", part)
        .register(registry)
        .increment();
  }

  private Counter found(String kind) {
    return counter(DRIFT_FOUND, "Drift that the operator found.", kind);
  }

  private Counter corrected(String kind) {
    return counter(DRIFT_CORRECTED, "Drift that the operator corrected.", kind);
  }

  private Counter orphans(String kind) {
    return counter(ORPHANS, "Deleted objects whose bot or documents stay in the backend.", kind);
  }

  private Counter avoided(String kind) {
    return counter(
        "okchat.api.writes.avoided", "Reconciliations without a change of the status.", kind);
  }

  private Counter counter(String name, String description, String kind) {
    return Counter.builder(name).description(description).tag("kind", kind).register(registry);
  }

  private static boolean hasLabel(HasMetadata object) {
    var labels = object.getMetadata().getLabels();
    return labels != null && labels.containsKey(OrphanReceipts.LABEL);
  }

  private static boolean isDocuments(HasMetadata object) {
    return "KnowledgeSource".equals(object.getKind());
  }

  private static boolean drifted(HasMetadata object) {
    return Conditions.hasReason(Conditions.of(object), ConditionType.Synced, Reason.Drifted);
  }
}
