package ai.okchat.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Times as kubectl prints them, for example {@code 5m} or {@code 3d}. */
final class Ages {
  private Ages() {}

  /** Parses an RFC 3339 time; empty if it is none. */
  static Optional<Instant> parse(String time) {
    try {
      return Optional.of(OffsetDateTime.parse(time).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Returns the time from then to now; empty for a text that is no time. */
  static String since(String time, Instant now) {
    return parse(time).map(then -> of(Duration.between(then, now))).orElse("");
  }

  static String of(Duration age) {
    var seconds = Math.max(0, age.toSeconds());
    if (seconds < 120) {
      return seconds + "s";
    }
    if (seconds < 2 * 3600) {
      return seconds / 60 + "m";
    }
    return seconds < 2 * 86_400 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
  }
}
