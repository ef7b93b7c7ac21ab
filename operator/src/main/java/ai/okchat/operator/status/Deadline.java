package ai.okchat.operator.status;

import ai.okchat.api.v1alpha1.GoDuration;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** How long a deletion is tried before the object is let go with an orphan receipt. Pure. */
public final class Deadline {

  public static final String ANNOTATION = "okchat.ai/deletion-deadline";

  // Anything else is as if it were not there: giving up must be asked for clearly.
  private static final Pattern CLEAR = Pattern.compile("(?=.)(\\d{1,6}h)?(\\d{1,6}m)?(\\d{1,6}s)?");

  private Deadline() {}

  /** The end by the object's annotation; empty where there is none: then it is tried for ever. */
  public static Optional<Instant> ofAnnotation(HasMetadata object) {
    var annotations = object.getMetadata().getAnnotations();
    return Optional.ofNullable(annotations)
        .map(it -> it.get(ANNOTATION))
        .filter(it -> CLEAR.matcher(it).matches())
        .map(it -> new GoDuration(it).toDuration())
        .map(duration -> deletedAt(object).plus(duration));
  }

  /** The end so long after the object was asked to go. */
  public static Instant after(HasMetadata object, Duration duration) {
    return deletedAt(object).plus(duration);
  }

  private static Instant deletedAt(HasMetadata object) {
    return Instant.parse(object.getMetadata().getDeletionTimestamp());
  }
}
