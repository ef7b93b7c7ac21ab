package ai.okchat.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.metrics.WorkQueueTracker.Ended;
import ai.okchat.operator.testing.MovingClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Waits, durations and outcomes of reconciliations, by the UID of their objects. */
final class WorkQueueTrackerTest {

  private static final String UID = "uid";

  private final MovingClock clock = new MovingClock();
  private final WorkQueueTracker queue = new WorkQueueTracker(clock);

  @Test
  void measuresHowLongAnObjectWaited() {
    // Given
    queue.enqueued(UID);
    clock.passSeconds(3);
    var longest = queue.longestWait();

    // When
    var wait = queue.started(UID);

    // Then
    assertThat(wait).contains(Duration.ofSeconds(3)).contains(longest);
    assertThat(List.of(queue.depth(), queue.running())).containsExactly(0, 1);
    assertThat(queue.started("never-enqueued")).isEmpty();
  }

  @Test
  void endsWithTheLastOutcome() {
    // Given
    queue.started(UID);
    queue.recordOutcome(UID, "Ingesting");
    queue.recordOutcome(UID, "Ready");
    clock.passSeconds(2);

    // When
    var ended = queue.finished(UID);

    // Then
    assertThat(ended).contains(new Ended(Duration.ofSeconds(2), "Ready"));
    assertThat(queue.finished(UID)).isEmpty();
  }

  @Test
  void reportsNoOutcomeOfAnEarlierReconciliation() {
    // Given
    queue.started(UID);
    queue.recordOutcome(UID, "Ready");
    queue.finished(UID);
    queue.recordOutcome(UID, "Ready");

    // When
    queue.started(UID);

    // Then
    assertThat(queue.finished(UID)).contains(new Ended(Duration.ZERO, WorkQueueTracker.NO_OUTCOME));
  }

  @Test
  void measuresARunningReconciliationFromItsStart() {
    // Given
    queue.enqueued(UID);
    clock.passSeconds(5);
    queue.started(UID);
    queue.recordOutcome(UID, "Ready");

    // When
    clock.passSeconds(4);

    // Then
    assertThat(queue.elapsed(UID)).contains(Duration.ofSeconds(4));
    assertThat(queue.longestRunning()).isEqualTo(Duration.ofSeconds(4));
    assertThat(queue.elapsed("another-uid")).isEmpty();
  }

  @Test
  void isStuckWhenObjectsWaitAndNothingMoves() {
    // Given
    var patience = Duration.ofMinutes(1);
    queue.enqueued(UID);
    clock.pass(patience.plusSeconds(1));
    var withoutMoves = queue.isStuck(patience);

    // When
    queue.started("another-uid");

    // Then
    assertThat(withoutMoves).isTrue();
    assertThat(queue.isStuck(patience)).isFalse();
  }
}
