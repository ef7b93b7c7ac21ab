package ai.okchat.operator.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JitterTest {

  @Test
  void staysWithinATenthOfTheDuration() {
    // Given
    var hour = Duration.ofHours(1);

    // When
    var jittered = Stream.generate(() -> Jitter.of(hour)).limit(10_000).toList();

    // Then
    assertThat(jittered)
        .allSatisfy(
            duration ->
                assertThat(duration).isBetween(Duration.ofMinutes(54), Duration.ofMinutes(66)));
  }

  @Test
  void spreadsEqualDurations() {
    // Given
    var hour = Duration.ofHours(1);

    // When
    var jittered = Stream.generate(() -> Jitter.of(hour)).limit(1_000).toList();

    // Then
    assertThat(jittered).anyMatch(duration -> duration.compareTo(Duration.ofMinutes(57)) < 0);
    assertThat(jittered).anyMatch(duration -> duration.compareTo(Duration.ofMinutes(63)) > 0);
  }

  @Test
  void spreadsBelowADuration() {
    // Given
    var hour = Duration.ofHours(1);

    // When
    var spread = Stream.generate(() -> Jitter.below(hour)).limit(1_000).toList();

    // Then
    assertThat(spread).allMatch(wait -> !wait.isNegative() && wait.compareTo(hour) < 0);
    assertThat(spread).anyMatch(wait -> wait.compareTo(Duration.ofMinutes(10)) < 0);
    assertThat(spread).anyMatch(wait -> wait.compareTo(Duration.ofMinutes(50)) > 0);
  }

  @Test
  void keepsZero() {
    // When
    var jittered = Jitter.of(Duration.ZERO);

    // Then
    assertThat(jittered).isZero();
  }
}
