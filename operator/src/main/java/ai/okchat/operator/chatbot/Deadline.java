package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.GoDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** How long a deletion is tried before the object is let go with an orphan receipt. Pure. */
final class Deadline {

  static final String ANNOTATION = "okchat.ai/deletion-deadline";

  // Anything else is as if it were not there: giving up must be asked for clearly.
  private static final Pattern CLEAR = Pattern.compile("(?=.)(\\d{1,6}h)?(\\d{1,6}m)?(\\d{1,6}s)?");

  private Deadline() {}

  /** The end by the object's annotation; empty where there is none: then it is tried for ever. */
  static Optional<Instant> ofAnnotation(Chatbot chatbot) {
    var annotations = chatbot.getMetadata().getAnnotations();
    return Optional.ofNullable(annotations)
        .map(it -> it.get(ANNOTATION))
        .filter(it -> CLEAR.matcher(it).matches())
        .map(it -> new GoDuration(it).toDuration())
        .map(duration -> deletedAt(chatbot).plus(duration));
  }

  static Instant after(Chatbot chatbot, Duration duration) {
    return deletedAt(chatbot).plus(duration);
  }

  private static Instant deletedAt(Chatbot chatbot) {
    return Instant.parse(chatbot.getMetadata().getDeletionTimestamp());
  }
}
