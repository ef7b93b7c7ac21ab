package ai.okchat.operator.management;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.management.SelfCheck.Part;
import ai.okchat.operator.testing.MovingClock;
import ai.okchat.operator.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SelfCheckTest {

  private final MovingClock clock = new MovingClock();

  @Test
  void what_moves_is_well_however_long_it_runs() {
    // Given
    var tries = new Semaphore(0);
    try (var check = SelfCheck.start(List.of(part("loop", tries)), clock)) {
      tries.acquireUninterruptibly();

      // When
      clock.pass(SelfCheck.PATIENCE);

      // Then
      assertThat(check.standstill()).isEmpty();
    }
  }

  @Test
  void what_does_not_come_back_is_named_and_what_says_no_too() {
    // Given
    var never = new CountDownLatch(1);
    var parts =
        List.of(
            new Part("a loop that hangs", () -> isReached(never)),
            new Part("a queue that is stuck", () -> false));
    try (var check = SelfCheck.start(parts, clock)) {

      // When
      clock.pass(SelfCheck.PATIENCE.plus(Duration.ofSeconds(1)));

      // Then
      assertThat(check.standstill())
          .contains("stands still: a loop that hangs, a queue that is stuck");
    }
  }

  @Test
  void what_moves_again_is_well_again() {
    // Given
    var latch = new CountDownLatch(1);
    try (var check = SelfCheck.start(List.of(new Part("loop", () -> isReached(latch))), clock)) {
      clock.pass(SelfCheck.PATIENCE.plus(Duration.ofSeconds(1)));
      assertThat(check.standstill()).isPresent();

      // When
      latch.countDown();

      // Then
      Awaitility.await().atMost(World.PATIENCE).until(() -> check.standstill().isEmpty());
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
