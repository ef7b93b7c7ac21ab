package ai.okchat.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JitterTest {

  @Test
  void stays_within_a_tenth_of_the_duration() {
    // Given
    var hour = Duration.ofHours(1);

    // When
    var jittered = Stream.generate(() -> Jitter.of(hour)).limit(10_000).toList();

    // Then
    assertThat(jittered)
        .allSatisfy(it -> assertThat(it).isBetween(Duration.ofMinutes(54), Duration.ofMinutes(66)));
  }

  @Test
  void spreads_what_was_done_together() {
    // Given
    var hour = Duration.ofHours(1);

    // When
    var jittered = Stream.generate(() -> Jitter.of(hour)).limit(1_000).toList();

    // Then
    assertThat(jittered).anyMatch(it -> it.compareTo(Duration.ofMinutes(57)) < 0);
    assertThat(jittered).anyMatch(it -> it.compareTo(Duration.ofMinutes(63)) > 0);
  }

  @Test
  void nothing_stays_nothing() {
    // When
    var jittered = Jitter.of(Duration.ZERO);

    // Then
    assertThat(jittered).isZero();
  }
}
