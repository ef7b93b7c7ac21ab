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

  /** How long an object waits whose backend or Secret is gone, where it says nothing itself. */
  private static final Duration WITHOUT_A_WAY = Duration.ofHours(1);

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

  /** The end where the way to the backend is gone for good: there always is one. */
  public static Instant withoutAWay(HasMetadata object) {
    return ofAnnotation(object).orElseGet(() -> deletedAt(object).plus(WITHOUT_A_WAY));
  }

  /** The sentence of a blocked deletion about its end; empty if it has none. */
  public static String sentence(Optional<Instant> deadline) {
    return deadline
        .map(" The operator stops trying after %s and leaves an orphan receipt."::formatted)
        .orElse("");
  }

  /** Whether giving up is allowed now. */
  public static boolean isOver(Optional<Instant> deadline, Instant now) {
    return deadline.filter(it -> !it.isAfter(now)).isPresent();
  }

  /** What was planned, or the deadline where that comes before a look at a fixed time. */
  public static Next orSooner(Next planned, Optional<Instant> deadline, Instant now) {
    return deadline
        .map(it -> Duration.between(now, it))
        .filter(left -> planned instanceof Next.Recheck(var after) && left.compareTo(after) < 0)
        .map(Next::in)
        .orElse(planned);
  }

  private static Instant deletedAt(HasMetadata object) {
    return Instant.parse(object.getMetadata().getDeletionTimestamp());
  }
}
