package ai.okchat.operator.lifecycle;

import ai.okchat.api.v1alpha1.GoDuration;
import ai.okchat.operator.status.Requeue;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Computes how long the operator tries to delete an object before it removes the finalizer and
 * writes an orphan receipt. Pure.
 */
public final class DeletionTimeout {

  public static final String ANNOTATION = "okchat.ai/deletion-timeout";

  // Any other text is ignored: a user has to request a timeout unambiguously.
  private static final Pattern CLEAR = Pattern.compile("(?=.)(\\d{1,6}h)?(\\d{1,6}m)?(\\d{1,6}s)?");

  /** Timeout of an object without the annotation whose backend or Secret no longer exists. */
  private static final Duration WITHOUT_A_WAY = Duration.ofHours(1);

  private DeletionTimeout() {}

  /**
   * Returns the end of the timeout in the annotation; empty if there is none: the operator tries
   * forever.
   */
  public static Optional<Instant> ofAnnotation(HasMetadata object) {
    var annotations = object.getMetadata().getAnnotations();
    return Optional.ofNullable(annotations)
        .map(all -> all.get(ANNOTATION))
        .filter(text -> CLEAR.matcher(text).matches())
        .map(text -> new GoDuration(text).toDuration())
        .map(duration -> deletedAt(object).plus(duration));
  }

  /**
   * Returns the end of the timeout if the backend or Secret no longer exists: there always is one.
   */
  public static Instant withoutBackend(HasMetadata object) {
    return ofAnnotation(object).orElseGet(() -> deletedAt(object).plus(WITHOUT_A_WAY));
  }

  /** Returns the sentence of a blocked deletion about its end; empty if it has none. */
  public static String sentence(Optional<Instant> deadline) {
    return deadline
        .map(" The operator stops trying after %s and creates an orphan receipt."::formatted)
        .orElse("");
  }

  /** Returns whether the timeout is over. */
  public static boolean isOver(Optional<Instant> deadline, Instant now) {
    return deadline.filter(end -> !end.isAfter(now)).isPresent();
  }

  /** Returns the planned requeue, or the deadline if it comes first. */
  public static Requeue orSooner(Requeue planned, Optional<Instant> deadline, Instant now) {
    return deadline
        .map(end -> Duration.between(now, end))
        .filter(rest -> planned instanceof Requeue.Recheck(var after) && rest.compareTo(after) < 0)
        .map(Requeue::in)
        .orElse(planned);
  }

  /** Returns when a user requested the deletion. */
  public static Instant deletedAt(HasMetadata object) {
    return Instant.parse(object.getMetadata().getDeletionTimestamp());
  }
}
