package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.GoDuration;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long a deletion is tried before the object is let go with an orphan receipt. Pure. */
final class Deadline {

  static final String ANNOTATION = "okchat.ai/deletion-deadline";

  private Deadline() {}

  /** The end by the object's annotation; empty where there is none: then it is tried for ever. */
  static Optional<Instant> ofAnnotation(Chatbot chatbot) {
    var annotations = chatbot.getMetadata().getAnnotations();
    return Optional.ofNullable(annotations)
        .map(it -> it.get(ANNOTATION))
        .flatMap(Deadline::parsed)
        .map(duration -> deletedAt(chatbot).plus(duration));
  }

  static Instant after(Chatbot chatbot, Duration duration) {
    return deletedAt(chatbot).plus(duration);
  }

  private static Instant deletedAt(Chatbot chatbot) {
    return Instant.parse(chatbot.getMetadata().getDeletionTimestamp());
  }

  private static Optional<Duration> parsed(String text) {
    try {
      return Optional.of(new GoDuration(text).toDuration());
    } catch (DateTimeException e) {
      return Optional.empty(); // As if it were not there: giving up must be asked for clearly.
    }
  }
}
