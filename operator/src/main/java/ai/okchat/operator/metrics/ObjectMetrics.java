package ai.okchat.operator.metrics;

import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.EventRecorder.Weight;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.status.Receipts;
import ai.okchat.operator.status.Witness;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** Counts what happens to objects, and what it costs the API server. */
final class ObjectMetrics implements Witness {

  private static final List<String> KINDS = List.of("Chatbot", "KnowledgeSource");
  private static final String DRIFT_FOUND = "okchat.drift.found";
  private static final String DRIFT_CORRECTED = "okchat.drift.corrected";
  private static final String ORPHANS = "okchat.orphans";

  private final MeterRegistry registry;
  private final Lifetimes lifetimes;
  private final Counter receipts;

  ObjectMetrics(MeterRegistry registry, Lifetimes lifetimes) {
    this.registry = registry;
    this.lifetimes = lifetimes;
    this.receipts =
        Counter.builder("okchat.orphan.receipts")
            .description("Receipts of what the operator gave up removing.")
            .register(registry);
    // A rate needs the zero before the first one.
    for (var kind : KINDS) {
      found(kind);
      corrected(kind);
      orphans(kind);
      avoided(kind);
    }
  }

  @Override
  public void happened(HasMetadata about, Weight weight, Reason reason, String message) {
    var kind = about.getKind();
    switch (reason) {
      case DriftFound, DriftContested -> found(kind).increment();
      case DriftCorrected -> {
        found(kind).increment();
        corrected(kind).increment();
      }
      case Orphaned -> orphans(kind).increment();
      default -> {} // Counted as a change only.
    }
    Counter.builder("okchat.changes")
        .description("What happened to objects, by the reason of its Event.")
        .tags("kind", kind, "reason", reason.name())
        .register(registry)
        .increment();
  }

  @Override
  public void statusWritten(HasMetadata before, HasMetadata written) {
    written(written, "status");
    lifetimes.reported(written);
    // Documents are put back over several passes, so no single one corrects their drift.
    if (isDocuments(written) && drifted(before) && !drifted(written)) {
      corrected(written.getKind()).increment();
    }
  }

  @Override
  public void statusKept(HasMetadata object) {
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
    return counter(DRIFT_FOUND, "Drift that was found.", kind);
  }

  private Counter corrected(String kind) {
    return counter(DRIFT_CORRECTED, "Drift that was put right.", kind);
  }

  private Counter orphans(String kind) {
    return counter(ORPHANS, "Objects that went and left something in the backend.", kind);
  }

  private Counter avoided(String kind) {
    return counter(
        "okchat.api.writes.avoided", "Statuses that were not written, being the same.", kind);
  }

  private Counter counter(String name, String description, String kind) {
    return Counter.builder(name).description(description).tag("kind", kind).register(registry);
  }

  private static boolean hasLabel(HasMetadata object) {
    var labels = object.getMetadata().getLabels();
    return labels != null && labels.containsKey(Receipts.LABEL);
  }

  private static boolean isDocuments(HasMetadata object) {
    return "KnowledgeSource".equals(object.getKind());
  }

  private static boolean drifted(HasMetadata object) {
    return Conditions.isTrue(Conditions.of(object), ConditionType.DriftDetected);
  }
}
