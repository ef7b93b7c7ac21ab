package ai.okchat.operator.knowledge;

import ai.okchat.operator.kubernetes.EventRecorder.EventType;
import ai.okchat.operator.kubernetes.WriteListener;
import ai.okchat.operator.status.Reason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;

/** Records Events, and whether a status was written, in their order. */
final class RecordedChanges implements WriteListener {

  private final List<String> events = new ArrayList<>();
  private final List<String> statuses = new ArrayList<>();

  /** Returns the Events so far, each as {@code type reason of object: message}. */
  synchronized List<String> events() {
    return List.copyOf(events);
  }

  /** Returns {@code written} or {@code unchanged} for each status so far. */
  synchronized List<String> statuses() {
    return List.copyOf(statuses);
  }

  @Override
  public synchronized void eventRecorded(
      HasMetadata about, EventType weight, Reason reason, String message) {
    var name = about.getMetadata().getName();
    events.add("%s %s of %s: %s".formatted(weight, reason, name, message));
  }

  @Override
  public synchronized void statusWritten(HasMetadata before, HasMetadata written) {
    statuses.add("written");
  }

  @Override
  public synchronized void statusUnchanged(HasMetadata object) {
    statuses.add("unchanged");
  }

  @Override
  public void metadataWritten(HasMetadata written) {}
}
