package ai.okchat.operator.kubernetes;

import ai.okchat.operator.kubernetes.EventRecorder.EventType;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.ConditionValue.Truth;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs one line for each change of an object, the steps of a reconciliation at debug level, and
 * unexpected exceptions. A reconciliation that changes nothing logs at debug level only.
 */
public final class ReconcileLog implements WriteListener {

  private static final Logger log = LoggerFactory.getLogger(ReconcileLog.class);

  private final Function<HasMetadata, Optional<Duration>> elapsed;

  /**
   * @param elapsed returns how long the reconciliation of an object has been running; empty if none
   *     is
   */
  public ReconcileLog(Function<HasMetadata, Optional<Duration>> elapsed) {
    this.elapsed = elapsed;
  }

  @Override
  public void eventRecorded(HasMetadata about, EventType weight, Reason reason, String message) {
    var level = weight == EventType.Warning ? Level.WARN : Level.INFO;
    line(level, about, action(reason), reason.name()).log(message);
  }

  @Override
  public void statusWritten(HasMetadata before, HasMetadata written) {
    var ready = ready(written);
    if (ready.isEmpty() || saysTheSame(ready(before), ready.get())) {
      line(Level.DEBUG, written, "report", "Progress")
          .log("The status changed without a change of Ready");
    } else if (!Reason.DeletionBlocked.name().equals(ready.get().getReason())) {
      line(level(ready.get()), written, "report", ready.get().getReason())
          .addKeyValue("ready", ready.get().getStatus())
          .log(ready.get().getMessage());
    }
  }

  @Override
  public void statusUnchanged(HasMetadata object) {
    line(Level.DEBUG, object, "report", "Unchanged").log("The status did not change");
  }

  @Override
  public void metadataWritten(HasMetadata written) {
    line(Level.DEBUG, written, "mark", "Applied").log("Finalizers and annotations were written");
  }

  /**
   * Logs at debug level why a reconciliation takes a step: names of cases and fields, never values.
   *
   * @param because inputs of the decision; read at debug level only
   */
  public static void step(HasMetadata about, String step, Supplier<Map<String, ?>> because) {
    if (!log.isDebugEnabled()) {
      return;
    }
    var line =
        about(about, Level.DEBUG).addKeyValue("generation", about.getMetadata().getGeneration());
    for (var reason : because.get().entrySet()) {
      line = line.addKeyValue(reason.getKey(), reason.getValue());
    }
    line.log(step);
  }

  /**
   * Logs an exception that no row of the failure table names, with its stack trace.
   *
   * @param isNew whether the status of the object did not report it before
   */
  public static void unexpected(HasMetadata about, Failure failure, boolean isNew, Exception e) {
    if (isNew && failure.reason() == Reason.InternalError) {
      about(about, Level.ERROR)
          .setCause(e)
          .log("A reconciliation failed with an unexpected exception");
    }
  }

  private static LoggingEventBuilder about(HasMetadata object, Level level) {
    var metadata = object.getMetadata();
    return log.atLevel(level)
        .addKeyValue("kind", object.getKind())
        .addKeyValue("namespace", metadata.getNamespace())
        .addKeyValue("name", metadata.getName());
  }

  private LoggingEventBuilder line(Level level, HasMetadata about, String action, String outcome) {
    var line =
        about(about, level)
            .addKeyValue("generation", about.getMetadata().getGeneration())
            .addKeyValue("action", action)
            .addKeyValue("outcome", outcome);
    return elapsed
        .apply(about)
        .map(duration -> line.addKeyValue("durationMillis", duration.toMillis()))
        .orElse(line);
  }

  private static String action(Reason reason) {
    return switch (reason) {
      case Created -> "create";
      case Adopted -> "adopt";
      case Updated, DriftCorrected -> "update";
      case DriftFound, DriftRecurring -> "compare";
      case Deleted, DeletionBlocked -> "delete";
      case Orphaned -> "orphan";
      default -> "report";
    };
  }

  private static Level level(Condition ready) {
    var isFailure =
        Truth.False.name().equals(ready.getStatus())
            && !Reason.Suspended.name().equals(ready.getReason());
    return isFailure ? Level.WARN : Level.INFO;
  }

  private static Optional<Condition> ready(HasMetadata object) {
    return Conditions.find(Conditions.of(object), ConditionType.Ready);
  }

  private static boolean saysTheSame(Optional<Condition> before, Condition now) {
    return before
        .filter(condition -> now.getStatus().equals(condition.getStatus()))
        .filter(condition -> now.getReason().equals(condition.getReason()))
        .isPresent();
  }
}
