package ai.okchat.operator.status;

import ai.okchat.api.v1alpha1.GoDuration;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long a deletion is tried before the object is let go with an orphan receipt. Pure. */
public final class Deadline {

  public static final String ANNOTATION = "okchat.ai/deletion-deadline";

  private Deadline() {}

  /** The end by the object's annotation; empty where there is none: then it is tried for ever. */
  public static Optional<Instant> ofAnnotation(HasMetadata object) {
    var annotations = object.getMetadata().getAnnotations();
    return Optional.ofNullable(annotations)
        .map(it -> it.get(ANNOTATION))
        .flatMap(Deadline::parsed)
        .map(duration -> deletedAt(object).plus(duration));
  }

  /** The end so long after the object was asked to go. */
  public static Instant after(HasMetadata object, Duration duration) {
    return deletedAt(object).plus(duration);
  }

  private static Instant deletedAt(HasMetadata object) {
    return Instant.parse(object.getMetadata().getDeletionTimestamp());
  }

  private static Optional<Duration> parsed(String text) {
    try {
      return Optional.of(new GoDuration(text).toDuration());
    } catch (DateTimeException e) {
      return Optional.empty(); // As if it were not there: giving up must be asked for clearly.
    }
  }
}
