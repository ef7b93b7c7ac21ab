package ai.okchat.operator.backend;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.MovingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBudgetTest {
  private final MovingClock clock = new MovingClock();
  private final RequestBudget budget = new RequestBudget(clock, clock);

  @Test
  void a_burst_goes_out_at_once_and_the_rest_at_the_rate() {
    // Given
    budget.configure(2, 3);

    // When
    var sent = take(6);

    // Then
    assertThat(sent).isEqualTo(3);
    assertThat(budget.untilRoom()).isEqualTo(Duration.ofMillis(500));
    clock.pass(Duration.ofMillis(500));
    assertThat(take(6)).isEqualTo(1);
  }

  @Test
  void the_budget_fills_with_time_up_to_the_burst() {
    // Given
    budget.configure(2, 3);
    take(3);

    // When
    clock.passSeconds(3600);

    // Then
    assertThat(take(10)).isEqualTo(3);
  }

  @Test
  void less_than_one_request_a_second_is_possible() {
    // Given
    budget.configure(0.1, 1);
    take(1);

    // Then
    assertThat(budget.untilRoom()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void t23_ten_minutes_of_a_herd_never_exceed_the_rate() {
    // Given
    budget.configure(10, 20);

    // When
    var sent = 0;
    for (var second = 0; second < 600; second++) {
      sent += take(1_000);
      clock.passSeconds(1);
    }

    // Then
    assertThat(sent).isEqualTo(20 + 599 * 10);
  }

  @Test
  void a_larger_burst_is_there_at_once() {
    // Given
    budget.configure(1, 1);
    take(1);

    // When
    budget.configure(1, 3);

    // Then
    assertThat(take(10)).isEqualTo(2);
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
    assertThat(take(1)).isZero();
    assertThat(budget.untilRoom()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void t23_after_a_refusal_one_request_tries_it_and_the_rest_come_at_half_the_rate() {
    // Given
    budget.configure(10, 20);
    take(20);

    // When
    refused(Duration.ofSeconds(7));

    // Then
    assertThat(take(30)).isZero();
    assertThat(budget.untilRoom()).isEqualTo(Duration.ofSeconds(7));
    clock.passSeconds(7);
    assertThat(take(30)).isEqualTo(1);
    assertThat(budget.perSecond()).isEqualTo(5);
    assertThat(budget.untilRoom()).isEqualTo(Duration.ofMillis(200));
  }

  @Test
  void refusals_of_requests_that_were_under_way_together_are_one_lesson() {
    // Given
    budget.configure(16, 16);
    take(16);
    var sentAt = clock.instant();
    clock.passSeconds(1);

    // When
    var begins = IntStream.range(0, 5).mapToObj(_ -> budget.refused(sentAt, Duration.ZERO));

    // Then
    assertThat(begins.toList()).hasSize(5);
    assertThat(budget.perSecond()).isEqualTo(8);
  }

  @Test
  void a_budget_far_above_what_was_sent_learns_from_what_was_sent() {
    // Given
    budget.configure(1000, 1000);
    take(12);

    // When
    refused(Duration.ZERO);

    // Then
    assertThat(budget.perSecond()).isEqualTo(6);
  }

  @Test
  void what_was_sent_long_ago_does_not_count() {
    // Given
    budget.configure(1000, 1000);
    take(500);
    clock.passSeconds(60);
    take(2);

    // When
    refused(Duration.ZERO);

    // Then
    assertThat(budget.perSecond()).isEqualTo(1);
  }

  @Test
  void a_backend_that_bears_less_than_the_spec_allows_refuses_few() {
    // Given
    budget.configure(1000, 1000);

    // When
    var refused = 0;
    for (var second = 0; second < 600; second++) {
      var room = 8;
      for (var tick = 0; tick < 20; tick++) {
        while (budget.take()) {
          if (room-- <= 0) {
            refused++;
            refused(Duration.ofSeconds(1));
          }
        }
        clock.pass(Duration.ofMillis(50));
      }
    }

    // Then
    assertThat(refused).isLessThan(60);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-PT1H", "PT1H"})
  @DisplayName("T77: whatever the wall clock does, the next permit comes at its usual time")
  void grantsTheNextPermitAtItsUsualTimeWhenTheWallClockSteps(Duration step) {
    // Given
    var wallClock = new MovingClock();
    var steady = new RequestBudget(wallClock, clock);
    steady.configure(2, 3);
    while (steady.take()) {}

    // When
    wallClock.pass(step);

    // Then
    assertThat(steady.untilRoom()).isEqualTo(Duration.ofMillis(500));
    assertThat(steady.take()).isFalse();
    clock.pass(Duration.ofMillis(500));
    assertThat(steady.take()).isTrue();
  }

  @Test
  @DisplayName("T77: a step of the wall clock neither ends nor prolongs a hold")
  void holdsAsLongAsTheBackendAsksWhenTheWallClockSteps() {
    // Given
    var wallClock = new MovingClock();
    var steady = new RequestBudget(wallClock, clock);
    steady.refused(clock.instant(), Duration.ofSeconds(7));

    // When
    wallClock.pass(Duration.ofHours(-1));
    clock.passSeconds(6);
    var before = steady.heldUntil();
    clock.passSeconds(1);

    // Then
    assertThat(before).contains(at(7));
    assertThat(steady.heldUntil()).isEmpty();
    assertThat(steady.take()).isTrue();
  }

  @Test
  void a_hold_begins_once() {
    // Then
    assertThat(budget.refused(clock.instant(), Duration.ofSeconds(7))).isTrue();
    assertThat(budget.refused(clock.instant(), Duration.ofSeconds(9))).isFalse();
  }

  @Test
  void a_refusal_after_the_lesson_is_another_lesson() {
    // Given
    budget.configure(16, 16);
    take(16);
    refused(Duration.ZERO);
    clock.passSeconds(1);

    // When
    take(8);
    refused(Duration.ZERO);

    // Then
    assertThat(budget.perSecond()).isLessThan(5);
    assertThat(budget.ceiling()).isEqualTo(16);
  }

  @Test
  void a_hold_lasts_as_long_as_the_backend_asks() {
    // Given
    refused(Duration.ofSeconds(7));

    // When
    clock.passSeconds(2);

    // Then
    assertThat(budget.holdLeft()).isEqualTo(Duration.ofSeconds(5));
    assertThat(budget.heldUntil()).contains(MovingClock.START.plusSeconds(7));
  }

  @Test
  void a_hold_ends_by_itself() {
    // Given
    refused(Duration.ofSeconds(7));

    // When
    clock.passSeconds(7);

    // Then
    assertThat(budget.holdLeft().isPositive()).isFalse();
    assertThat(budget.heldUntil()).isEmpty();
  }

  @Test
  void a_shorter_hold_does_not_end_a_longer_one() {
    // Given
    refused(Duration.ofSeconds(60));

    // When
    refused(Duration.ofSeconds(5));

    // Then
    assertThat(budget.heldUntil()).contains(at(60));
  }

  @Test
  void a_longer_hold_beats_a_shorter_one() {
    // Given
    refused(Duration.ofSeconds(5));

    // When
    refused(Duration.ofSeconds(60));

    // Then
    assertThat(budget.heldUntil()).contains(at(60));
  }

  @Test
  void nobody_is_held_at_first() {
    // Then
    assertThat(budget.heldUntil()).isEmpty();
    assertThat(budget.holdLeft()).isZero();
  }

  /** How many of these requests there is room for. */
  private int take(int count) {
    return (int) IntStream.range(0, count).filter(_ -> budget.take()).count();
  }

  private void refused(Duration pause) {
    budget.refused(clock.instant(), pause);
  }

  private static Instant at(long seconds) {
    return MovingClock.START.plusSeconds(seconds);
  }
}
