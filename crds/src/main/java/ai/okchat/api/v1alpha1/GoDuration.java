package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;

/**
 * A duration in the format of a manifest: hours, minutes and seconds in this order, such as {@code
 * 30s} or {@code 1h30m}. The record keeps the text, so that a round trip does not change it.
 */
public record GoDuration(@JsonValue String text) {

  /** Accepts any text, because the API server validates the format. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public GoDuration {}

  /**
   * Returns the same duration as a value.
   *
   * @throws java.time.format.DateTimeParseException for a text that the CRD rejects
   */
  public Duration toDuration() {
    return Duration.parse("PT" + text);
  }
}
