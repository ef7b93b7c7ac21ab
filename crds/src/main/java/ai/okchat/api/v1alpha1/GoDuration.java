package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;

/**
 * A length of time as a manifest writes it: hours, minutes and seconds in this order, such as
 * {@code 30s} or {@code 1h30m}. The text is kept, so that reading and writing changes nothing.
 */
public record GoDuration(@JsonValue String text) {

  /** Takes the text as it is: the API server has checked its form. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public GoDuration {}

  /**
   * The same length of time as a value.
   *
   * @throws java.time.format.DateTimeParseException for a text that the CRD would have refused
   */
  public Duration toDuration() {
    return Duration.parse("PT" + text);
  }
}
