package ai.okchat.operator.backend;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.MovingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestBudgetTest {
  private final MovingClock clock = new MovingClock();
  private final RequestBudget budget = new RequestBudget(clock);

  @Test
  void a_burst_goes_out_at_once_and_the_rest_at_the_rate() {
    // Given
    budget.configure(2, 3);

    // When
    var waits = take(6);

    // Then
    assertThat(waits)
        .containsExactly(
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofMillis(500),
            Duration.ofMillis(1000),
            Duration.ofMillis(1500));
  }

  @Test
  void the_budget_fills_with_time_up_to_the_burst() {
    // Given
    budget.configure(2, 3);
    take(3);

    // When
    clock.passSeconds(3600);

    // Then
    assertThat(take(4))
        .containsExactly(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofMillis(500));
  }

  @Test
  void who_waits_is_counted_already() {
    // Given
    budget.configure(1, 1);
    take(3);

    // When
    clock.passSeconds(1);

    // Then
    assertThat(take(1)).containsExactly(Duration.ofSeconds(2));
  }

  @Test
  void less_than_one_request_a_second_is_possible() {
    // Given
    budget.configure(0.1, 1);
    take(1);

    // When
    var waits = take(1);

    // Then
    assertThat(waits).containsExactly(Duration.ofSeconds(10));
  }

  @Test
  void t23_ten_minutes_of_a_herd_never_exceed_the_rate() {
    // Given
    budget.configure(10, 20);

    // When
    var sent = 0;
    for (var second = 0; second < 600; second++) {
      while (budget.take().isZero()) {
        sent++;
      }
      clock.passSeconds(1);
    }

    // Then
    assertThat(sent).isLessThanOrEqualTo(20 + 600 * 10);
  }

  @Test
  void a_larger_burst_is_there_at_once() {
    // Given
    budget.configure(1, 1);
    take(1);

    // When
    budget.configure(1, 3);

    // Then
    assertThat(take(3)).containsExactly(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1));
  }

  @Test
  void the_same_settings_again_give_nothing_away() {
    // Given
    budget.configure(1, 2);
    take(2);

    // When
    for (var i = 0; i < 100; i++) {
      budget.configure(1, 2);
    }

    // Then
    assertThat(take(1)).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  void a_hold_lasts_as_long_as_the_backend_asks() {
    // Given
    budget.hold(Duration.ofSeconds(7));

    // When
    clock.passSeconds(2);

    // Then
    assertThat(budget.holdLeft()).isEqualTo(Duration.ofSeconds(5));
    assertThat(budget.heldUntil()).contains(MovingClock.START.plusSeconds(7));
  }

  @Test
  void a_hold_ends_by_itself() {
    // Given
    budget.hold(Duration.ofSeconds(7));

    // When
    clock.passSeconds(7);

    // Then
    assertThat(budget.holdLeft().isPositive()).isFalse();
    assertThat(budget.heldUntil()).isEmpty();
  }

  @Test
  void a_shorter_hold_does_not_end_a_longer_one() {
    // Given
    budget.hold(Duration.ofSeconds(60));

    // When
    budget.hold(Duration.ofSeconds(5));

    // Then
    assertThat(budget.heldUntil()).contains(at(60));
  }

  @Test
  void a_longer_hold_beats_a_shorter_one() {
    // Given
    budget.hold(Duration.ofSeconds(5));

    // When
    budget.hold(Duration.ofSeconds(60));

    // Then
    assertThat(budget.heldUntil()).contains(at(60));
  }

  @Test
  void nobody_is_held_at_first() {
    // Then
    assertThat(budget.heldUntil()).isEmpty();
    assertThat(budget.holdLeft()).isZero();
  }

  private List<Duration> take(int count) {
    return IntStream.range(0, count).mapToObj(_ -> budget.take()).toList();
  }

  private static Instant at(long seconds) {
    return MovingClock.START.plusSeconds(seconds);
  }
}
