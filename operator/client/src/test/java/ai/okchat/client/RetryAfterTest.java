package ai.okchat.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | PT0S",
        "30 | PT30S",
        "' 30 ' | PT30S",
        "+30 | PT30S",
        "-5 | PT0S",
        "3600 | PT1H",
        "3601 | PT1H",
        "99999999999999999999 | PT1H",
        "-99999999999999999999 | PT0S",
        "Tue, 24 Nov 2026 10:00:30 GMT | PT30S",
        "Tue, 24 Nov 2026 09:00:00 GMT | PT0S",
        "Wed, 25 Nov 2026 10:00:00 GMT | PT1H",
        "1.5 |",
        "soon |",
        "'' |",
        "|"
      })
  void readsSecondsAndDatesUpToAnHour(@Nullable String header, @Nullable Duration wait) {
    assertThat(RetryAfter.parse(header, NOW)).isEqualTo(Optional.ofNullable(wait));
  }
}
