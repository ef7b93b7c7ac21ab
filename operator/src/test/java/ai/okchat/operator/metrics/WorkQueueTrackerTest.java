package ai.okchat.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.metrics.WorkQueueTracker.Ended;
import ai.okchat.operator.metrics.WorkQueueTracker.Running;
import ai.okchat.operator.testing.MovingClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Waits, durations and outcomes of reconciliations, by the UID of their objects. */
final class WorkQueueTrackerTest {

  private static final String UID = "uid";
  private static final String OBJECT = "Chatbot team/support";

  private final MovingClock clock = new MovingClock();
  private final WorkQueueTracker queue = new WorkQueueTracker(clock);

  @Test
  void measuresHowLongAnObjectWaited() {
    // Given
    queue.enqueued(UID);
    clock.passSeconds(3);
    var longest = queue.longestWait();

    // When
    var wait = queue.started(UID, OBJECT);

    // Then
    assertThat(wait).contains(Duration.ofSeconds(3)).contains(longest);
    assertThat(List.of(queue.depth(), queue.running())).containsExactly(0, 1);
    assertThat(queue.started("never-enqueued", OBJECT)).isEmpty();
  }

  @Test
  void endsWithTheLastOutcome() {
    // Given
    queue.started(UID, OBJECT);
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
    queue.started(UID, OBJECT);
    queue.recordOutcome(UID, "Ready");
    queue.finished(UID);
    queue.recordOutcome(UID, "Ready");

    // When
    queue.started(UID, OBJECT);

    // Then
    assertThat(queue.finished(UID)).contains(new Ended(Duration.ZERO, WorkQueueTracker.NO_OUTCOME));
  }

  @Test
  void measuresARunningReconciliationFromItsStart() {
    // Given
    queue.enqueued(UID);
    clock.passSeconds(5);
    queue.started(UID, OBJECT);
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
    queue.started("another-uid", OBJECT);

    // Then
    assertThat(withoutMoves).isTrue();
    assertThat(queue.isStuck(patience)).isFalse();
  }

  @Test
  void findsTheOldestReconciliationAboveTheLimitWhileOthersEnd() {
    // Given
    var limit = Duration.ofHours(1);
    queue.started(UID, OBJECT);
    clock.pass(Duration.ofMinutes(1));
    queue.started("second-uid", "Chatbot team/second");
    clock.pass(Duration.ofMinutes(59));
    var atTheLimit = queue.overdue(limit);

    // When
    clock.pass(Duration.ofMinutes(2));
    queue.started("another-uid", "Chatbot team/another");
    queue.finished("another-uid");

    // Then
    assertThat(atTheLimit).isEmpty();
    assertThat(queue.isStuck(limit)).isFalse();
    assertThat(queue.overdue(limit))
        .contains(new Running(OBJECT, MovingClock.START, WorkQueueTracker.NO_OUTCOME));
  }

  @Test
  void findsNoReconciliationAboveTheLimitAfterItHasEnded() {
    // Given
    queue.started(UID, OBJECT);
    clock.pass(Duration.ofHours(2));

    // When
    queue.finished(UID);

    // Then
    assertThat(queue.overdue(Duration.ofHours(1))).isEmpty();
  }
}
