package ai.okchat.sandbox.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;

/** Formats times as the API does: {@code 2025-03-06T02:30:18.45229+00:00}. */
public final class Timestamps {
  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
          .appendOffset("+HH:MM", "+00:00")
          .toFormatter()
          .withZone(ZoneOffset.UTC);

  private Timestamps() {}

  /** Formats with microseconds, without trailing zeros. */
  public static String format(Instant time) {
    return FORMAT.format(time.truncatedTo(ChronoUnit.MICROS));
  }
}
