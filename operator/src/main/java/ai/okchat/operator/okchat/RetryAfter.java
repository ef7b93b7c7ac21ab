package ai.okchat.operator.okchat;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The wait that a {@code Retry-After} header asks for, in seconds or as an HTTP date. */
final class RetryAfter {
  static final Duration LONGEST = Duration.ofHours(1);
  private static final int MOST_DIGITS = 9;

  private RetryAfter() {}

  /**
   * Zero up to one hour, or empty where the header is missing or means nothing.
   *
   * @param now by the backend's clock, which the date was written by
   */
  static Optional<Duration> parse(@Nullable String header, Instant now) {
    if (header == null) {
      return Optional.empty();
    }
    var text = header.strip();
    if (text.matches("[+-]?\\d+")) {
      return Optional.of(bounded(seconds(text)));
    }
    return time(text).map(time -> bounded(Duration.between(now, time)));
  }

  /** The time that an HTTP date names, or empty. */
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
