package ai.okchat.operator.health;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.health.LivenessCheck.Part;
import ai.okchat.operator.testing.MovingClock;
import ai.okchat.operator.testing.OperatorFixture;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LivenessCheckTest {

  private final MovingClock clock = new MovingClock();

  @Test
  void progressingCheckIsHealthyAtAnyDuration() {
    // Given
    var tries = new Semaphore(0);
    try (var check = LivenessCheck.start(List.of(part("loop", tries)), clock)) {
      tries.acquireUninterruptibly();

      // When
      clock.pass(LivenessCheck.PATIENCE);

      // Then
      assertThat(check.stalledParts()).isEmpty();
    }
  }

  @Test
  void namesStuckAndFailedChecks() {
    // Given
    var never = new CountDownLatch(1);
    var parts =
        List.of(
            new Part("a loop that hangs", () -> isReached(never)),
            new Part("a queue that is stuck", () -> false));
    try (var check = LivenessCheck.start(parts, clock)) {

      // When
      clock.pass(LivenessCheck.PATIENCE.plus(Duration.ofSeconds(1)));

      // Then
      assertThat(check.stalledParts())
          .contains("no progress: a loop that hangs, a queue that is stuck");
    }
  }

  @Test
  void isHealthyAgainAfterProgress() {
    // Given
    var latch = new CountDownLatch(1);
    try (var check =
        LivenessCheck.start(List.of(new Part("loop", () -> isReached(latch))), clock)) {
      clock.pass(LivenessCheck.PATIENCE.plus(Duration.ofSeconds(1)));
      assertThat(check.stalledParts()).isPresent();

      // When
      latch.countDown();

      // Then
      Awaitility.await()
          .atMost(OperatorFixture.PATIENCE)
          .until(() -> check.stalledParts().isEmpty());
    }
  }

  private static Part part(String name, Semaphore tries) {
    return new Part(
        name,
        () -> {
          tries.release();
          return true;
        });
  }

  private static boolean isReached(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
