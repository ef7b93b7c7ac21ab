package ai.okchat.operator.kubernetes;

import ai.okchat.operator.kubernetes.EventRecorder.EventType;
import ai.okchat.operator.status.Reason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/**
 * Is notified of what happens to objects, once for each change, on the thread of the
 * reconciliation. Logs and metrics are listeners. A listener must not fail or block a
 * reconciliation.
 */
public interface WriteListener {

  /** Does nothing. */
  WriteListener NONE = all(List.of());

  /**
   * Reports a change that belongs in a timeline for users.
   *
   * @param message stable and bounded like the message of a condition: no secret, no prompt
   */
  void eventRecorded(HasMetadata about, EventType weight, Reason reason, String message);

  /**
   * Reports that a changed status was written.
   *
   * @param before the object that the reconciliation read
   * @param written as the API server has it now
   */
  void statusWritten(HasMetadata before, HasMetadata written);

  /** Reports that a reconciliation computed the stored status and wrote nothing. */
  void statusUnchanged(HasMetadata object);

  /** Reports that finalizers and annotations, or a whole object of the operator, were written. */
  void metadataWritten(HasMetadata written);

  /** Returns a listener that notifies each of these. */
  static WriteListener all(List<WriteListener> listeners) {
    var all = List.copyOf(listeners);
    return new WriteListener() {
      @Override
      public void eventRecorded(
          HasMetadata about, EventType weight, Reason reason, String message) {
        all.forEach(listener -> listener.eventRecorded(about, weight, reason, message));
      }

      @Override
      public void statusWritten(HasMetadata before, HasMetadata written) {
        all.forEach(listener -> listener.statusWritten(before, written));
      }

      @Override
      public void statusUnchanged(HasMetadata object) {
        all.forEach(listener -> listener.statusUnchanged(object));
      }

      @Override
      public void metadataWritten(HasMetadata written) {
        all.forEach(listener -> listener.metadataWritten(written));
      }
    };
  }
}
