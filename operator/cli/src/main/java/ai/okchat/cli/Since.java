package ai.okchat.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/** Parses the value of {@code --since}: an age such as {@code 7d}, a day, or a time. */
final class Since {
  private static final Pattern AGE = Pattern.compile("([0-9]{1,6})([smhd])");

  private Since() {}

  static Instant parse(String value, Instant now) {
    var age = AGE.matcher(value);
    if (age.matches()) {
      return now.minus(Duration.ofSeconds(Long.parseLong(age.group(1)) * seconds(age.group(2))));
    }
    var time = Ages.parse(value);
    if (time.isPresent()) {
      return time.get();
    }
    try {
      return LocalDate.parse(value).atStartOfDay().toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw PluginException.unknown(
          "\"%s\" is neither an age such as 24h or 7d, nor a day such as 2026-01-31, nor a time."
              .formatted(VisibleText.bounded(value, 40)));
    }
  }

  private static long seconds(String unit) {
    return switch (unit) {
      case "s" -> 1;
      case "m" -> 60;
      case "h" -> 3600;
      default -> 86_400;
    };
  }
}
