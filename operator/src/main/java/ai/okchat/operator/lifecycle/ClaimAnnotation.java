package ai.okchat.operator.lifecycle;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The annotation that records which object created something in the backend, and when: {@code
 * <uid>@<time>}. Users can edit it, so each part may be missing.
 *
 * @param uid UID of that object; null if unknown
 * @param at time of the creation; null if unknown
 */
public record ClaimAnnotation(@Nullable String uid, @Nullable Instant at) {

  public static final String KEY = "okchat.ai/claim";

  /** Represents an unknown part. */
  public static final String UNKNOWN = "-";

  /** Returns the annotation of the object; both parts are null if it has none. */
  public static ClaimAnnotation of(HasMetadata object) {
    var annotations = object.getMetadata().getAnnotations();
    return parse(annotations == null ? "" : annotations.getOrDefault(KEY, ""));
  }

  private static ClaimAnnotation parse(String text) {
    var at = text.indexOf('@');
    if (at < 0) {
      return new ClaimAnnotation(null, null);
    }
    var uid = text.substring(0, at);
    return new ClaimAnnotation(uid.equals(UNKNOWN) ? null : uid, time(text.substring(at + 1)));
  }

  /** Parses a time (RFC 3339); returns null if the text is not one. */
  public static @Nullable Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  public String text() {
    return (uid == null ? UNKNOWN : uid) + "@" + (at == null ? UNKNOWN : at);
  }
}
