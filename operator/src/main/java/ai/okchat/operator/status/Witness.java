package ai.okchat.operator.status;

import ai.okchat.operator.status.EventRecorder.Weight;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/**
 * Is told what happens to objects, once for each thing, on the thread of the pass. Logs and metrics
 * are such witnesses. None may fail a pass or hold it up.
 */
public interface Witness {

  /** Nobody looks. */
  Witness NOBODY = all(List.of());

  /**
   * Something that a person would want in a timeline.
   *
   * @param message stable and bounded like a condition's: no secret, no prompt
   */
  void happened(HasMetadata about, Weight weight, Reason reason, String message);

  /**
   * A status that differs was written.
   *
   * @param before as the pass saw the object
   * @param written as the API server has it now
   */
  void statusWritten(HasMetadata before, HasMetadata written);

  /** A pass came to the status that is there already, and wrote nothing. */
  void statusKept(HasMetadata object);

  /** Finalizers and annotations, or a whole object of ours, were written. */
  void metadataWritten(HasMetadata written);

  /** Tells each of them. */
  static Witness all(List<Witness> witnesses) {
    var all = List.copyOf(witnesses);
    return new Witness() {
      @Override
      public void happened(HasMetadata about, Weight weight, Reason reason, String message) {
        all.forEach(it -> it.happened(about, weight, reason, message));
      }

      @Override
      public void statusWritten(HasMetadata before, HasMetadata written) {
        all.forEach(it -> it.statusWritten(before, written));
      }

      @Override
      public void statusKept(HasMetadata object) {
        all.forEach(it -> it.statusKept(object));
      }

      @Override
      public void metadataWritten(HasMetadata written) {
        all.forEach(it -> it.metadataWritten(written));
      }
    };
  }
}
