package ai.okchat.sandbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimestampsTest {

  @ParameterizedTest
  @CsvSource({
    "2025-01-22T04:30:45.790337Z, 2025-01-22T04:30:45.790337+00:00",
    "2025-03-06T02:30:18.452290Z, 2025-03-06T02:30:18.45229+00:00",
    "2025-03-06T02:30:18.000000999Z, 2025-03-06T02:30:18+00:00"
  })
  void timesHaveMicrosecondsWithoutTrailingZeros(Instant time, String text) {
    // When
    var formatted = Timestamps.format(time);

    // Then
    assertThat(formatted).isEqualTo(text);
  }
}
