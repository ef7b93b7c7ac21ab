package ai.okchat.operator.status;

import ai.okchat.operator.status.ConditionValue.Truth;
import ai.okchat.operator.status.EventRecorder.Weight;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** One line for each thing that happened to an object. A pass that changes nothing writes none. */
public final class ObjectLog implements Witness {

  private static final Logger log = LoggerFactory.getLogger(ObjectLog.class);

  @Override
  public void happened(HasMetadata about, Weight weight, Reason reason, String message) {
    var level = weight == Weight.Warning ? Level.WARN : Level.INFO;
    line(level, about, action(reason), reason.name()).log(message);
  }

  @Override
  public void statusWritten(HasMetadata before, HasMetadata written) {
    var ready = ready(written);
    if (ready.isEmpty() || saysTheSame(ready(before), ready.get())) {
      line(Level.DEBUG, written, "report", "Progress").log("The status moved on");
    } else if (!Reason.DeletionBlocked.name().equals(ready.get().getReason())) {
      line(level(ready.get()), written, "report", ready.get().getReason())
          .addKeyValue("ready", ready.get().getStatus())
          .log(ready.get().getMessage());
    }
  }

  @Override
  public void statusKept(HasMetadata object) {
    line(Level.DEBUG, object, "report", "Unchanged").log("The status is what it was");
  }

  @Override
  public void metadataWritten(HasMetadata written) {
    line(Level.DEBUG, written, "mark", "Applied").log("Finalizers and annotations are written");
  }

  private static LoggingEventBuilder line(
      Level level, HasMetadata about, String action, String outcome) {
    var line =
        ObjectLine.about(about, log.atLevel(level))
            .addKeyValue("generation", about.getMetadata().getGeneration())
            .addKeyValue("action", action)
            .addKeyValue("outcome", outcome);
    return Pass.current()
        .map(pass -> line.addKeyValue("durationMillis", pass.elapsed().toMillis()))
        .orElse(line);
  }

  private static String action(Reason reason) {
    return switch (reason) {
      case Created -> "create";
      case Adopted -> "adopt";
      case Updated, DriftCorrected -> "update";
      case DriftFound, DriftContested -> "compare";
      case Deleted, DeletionBlocked -> "delete";
      case Orphaned -> "orphan";
      default -> "report";
    };
  }

  private static Level level(Condition ready) {
    var isTrouble =
        Truth.False.name().equals(ready.getStatus())
            && !Reason.Suspended.name().equals(ready.getReason());
    return isTrouble ? Level.WARN : Level.INFO;
  }

  private static Optional<Condition> ready(HasMetadata object) {
    return Conditions.find(Conditions.of(object), ConditionType.Ready);
  }

  private static boolean saysTheSame(Optional<Condition> before, Condition now) {
    return before
        .filter(it -> now.getStatus().equals(it.getStatus()))
        .filter(it -> now.getReason().equals(it.getReason()))
        .isPresent();
  }
}
