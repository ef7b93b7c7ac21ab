package ai.okchat.client;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parses the wait of a {@code Retry-After} header, in seconds or as an HTTP date. */
public final class RetryAfter {
  static final Duration LONGEST = Duration.ofHours(1);
  private static final int MOST_DIGITS = 9;

  private RetryAfter() {}

  /**
   * Returns a wait from zero to one hour; empty if the header is missing or invalid.
   *
   * @param now according to the clock of the server, which wrote the date
   */
  public static Optional<Duration> parse(@Nullable String header, Instant now) {
    if (header == null) {
      return Optional.empty();
    }
    var text = header.strip();
    if (text.matches("[+-]?\\d+")) {
      return Optional.of(bounded(seconds(text)));
    }
    return time(text).map(time -> bounded(Duration.between(now, time)));
  }

  /** Parses an HTTP date; empty if it is invalid. */
  static Optional<Instant> time(String httpDate) {
    try {
      return Optional.of(
          ZonedDateTime.parse(httpDate, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Duration seconds(String text) {
    if (text.startsWith("-")) {
      return Duration.ZERO;
    }
    return text.length() > MOST_DIGITS ? LONGEST : Duration.ofSeconds(Long.parseLong(text));
  }

  private static Duration bounded(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
