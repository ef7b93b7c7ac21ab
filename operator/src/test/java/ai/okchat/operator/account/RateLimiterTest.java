package ai.okchat.operator.account;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.MovingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimiterTest {
  private final MovingClock clock = new MovingClock();
  private final RateLimiter budget = new RateLimiter(clock, clock);

  @Test
  void sendsBurstAtOnceAndTheRestAtTheRate() {
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
  void permitsAccumulateUpToTheBurst() {
    // Given
    budget.configure(2, 3);
    take(3);

    // When
    clock.passSeconds(3600);

    // Then
    assertThat(take(10)).isEqualTo(3);
  }

  @Test
  void supportsLessThanOneRequestASecond() {
    // Given
    budget.configure(0.1, 1);
    take(1);

    // Then
    assertThat(budget.untilRoom()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void t23StaysWithinTheRateForTenMinutesOfLoad() {
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
  void largerBurstIsEffectiveAtOnce() {
    // Given
    budget.configure(1, 1);
    take(1);

    // When
    budget.configure(1, 3);

    // Then
    assertThat(take(10)).isEqualTo(2);
  }

  @Test
  void sameSettingsAddNoPermits() {
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
  void t23HalvesTheRateAfterARejection() {
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
  void rejectionsOfConcurrentRequestsLowerTheRateOnce() {
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
  void lowersTheRateFromTheSentRate() {
    // Given
    budget.configure(1000, 1000);
    take(12);

    // When
    refused(Duration.ZERO);

    // Then
    assertThat(budget.perSecond()).isEqualTo(6);
  }

  @Test
  void ignoresRequestsSentLongAgo() {
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
  void backendWithALowerLimitRejectsFewRequests() {
    // Given
    budget.configure(1000, 1000);

    // When
    var refused = 0;
    for (var second = 0; second < 600; second++) {
      var room = 8;
      for (var tick = 0; tick < 20; tick++) {
        while (budget.tryAcquire()) {
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
  @DisplayName("T77: a step of the wall clock does not move the next permit")
  void grantsTheNextPermitAtItsUsualTimeWhenTheWallClockSteps(Duration step) {
    // Given
    var wallClock = new MovingClock();
    var steady = new RateLimiter(wallClock, clock);
    steady.configure(2, 3);
    while (steady.tryAcquire()) {}

    // When
    wallClock.pass(step);

    // Then
    assertThat(steady.untilRoom()).isEqualTo(Duration.ofMillis(500));
    assertThat(steady.tryAcquire()).isFalse();
    clock.pass(Duration.ofMillis(500));
    assertThat(steady.tryAcquire()).isTrue();
  }

  @Test
  @DisplayName("T77: a step of the wall clock neither ends nor prolongs throttling")
  void throttlesForRetryAfterWhenTheWallClockSteps() {
    // Given
    var wallClock = new MovingClock();
    var steady = new RateLimiter(wallClock, clock);
    steady.refused(clock.instant(), Duration.ofSeconds(7));

    // When
    wallClock.pass(Duration.ofHours(-1));
    clock.passSeconds(6);
    var before = steady.throttledUntil();
    clock.passSeconds(1);

    // Then
    assertThat(before).contains(at(7));
    assertThat(steady.throttledUntil()).isEmpty();
    assertThat(steady.tryAcquire()).isTrue();
  }

  @Test
  void startsThrottlingOnce() {
    // Then
    assertThat(budget.refused(clock.instant(), Duration.ofSeconds(7))).isTrue();
    assertThat(budget.refused(clock.instant(), Duration.ofSeconds(9))).isFalse();
  }

  @Test
  void laterRejectionLowersTheRateAgain() {
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
  void throttlesForRetryAfter() {
    // Given
    refused(Duration.ofSeconds(7));

    // When
    clock.passSeconds(2);

    // Then
    assertThat(budget.throttledFor()).isEqualTo(Duration.ofSeconds(5));
    assertThat(budget.throttledUntil()).contains(MovingClock.START.plusSeconds(7));
  }

  @Test
  void throttlingEndsByItself() {
    // Given
    refused(Duration.ofSeconds(7));

    // When
    clock.passSeconds(7);

    // Then
    assertThat(budget.throttledFor().isPositive()).isFalse();
    assertThat(budget.throttledUntil()).isEmpty();
  }

  @Test
  void shorterRetryAfterDoesNotShortenThrottling() {
    // Given
    refused(Duration.ofSeconds(60));

    // When
    refused(Duration.ofSeconds(5));

    // Then
    assertThat(budget.throttledUntil()).contains(at(60));
  }

  @Test
  void longerRetryAfterProlongsThrottling() {
    // Given
    refused(Duration.ofSeconds(5));

    // When
    refused(Duration.ofSeconds(60));

    // Then
    assertThat(budget.throttledUntil()).contains(at(60));
  }

  @Test
  void isNotThrottledAtFirst() {
    // Then
    assertThat(budget.throttledUntil()).isEmpty();
    assertThat(budget.throttledFor()).isZero();
  }

  /** Returns the number of these requests that get a permit. */
  private int take(int count) {
    return (int) IntStream.range(0, count).filter(_ -> budget.tryAcquire()).count();
  }

  private void refused(Duration pause) {
    budget.refused(clock.instant(), pause);
  }

  private static Instant at(long seconds) {
    return MovingClock.START.plusSeconds(seconds);
  }
}
