package ai.okchat.operator.backend;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.MovingClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Requests that wait in threads. The clock stands still: only a larger burst lets one go. */
class TurnsTest {
  private final MovingClock clock = new MovingClock();
  private final RequestBudget budget = new RequestBudget(clock, clock);
  private final Turns turns = new Turns(budget);
  private final List<String> gone = new CopyOnWriteArrayList<>();
  private int burst = 1;

  TurnsTest() {
    turns.configure(0.001, burst);
  }

  @Test
  void where_there_is_room_nobody_waits() throws InterruptedException {
    // When
    turns.await(Lane.BACKGROUND, false);

    // Then
    assertThat(turns.snapshot(Lane.BACKGROUND))
        .isEqualTo(new AccountSnapshot.LaneSnapshot(0, 1, Duration.ZERO));
  }

  @Test
  void an_edit_goes_before_the_uploads_that_wait() throws InterruptedException {
    // Given
    turns.await(Lane.BACKGROUND, false);
    wants("upload 1", Lane.BACKGROUND, false);
    wants("upload 2", Lane.BACKGROUND, false);
    wants("edit", Lane.PEOPLE, false);
    wants("list", Lane.BACKGROUND, true);

    // When
    for (var turn = 1; turn <= 4; turn++) {
      letOneGo();
      awaitGone(turn);
    }

    // Then
    assertThat(gone).containsExactly("edit", "list", "upload 1", "upload 2");
    assertThat(turns.snapshot(Lane.BACKGROUND).turns()).isEqualTo(4);
    assertThat(turns.snapshot(Lane.PEOPLE).turns()).isEqualTo(1);
    assertThat(turns.snapshot(Lane.PEOPLE).waited()).isPositive();
  }

  @Test
  void a_hold_lets_nobody_wait_on() throws InterruptedException {
    // Given
    turns.await(Lane.BACKGROUND, false);
    wants("upload 1", Lane.BACKGROUND, false);
    wants("upload 2", Lane.BACKGROUND, false);

    // When
    var begins = turns.refused(clock.instant(), Duration.ofSeconds(7));

    // Then
    assertThat(begins).isTrue();
    awaitGone(2);
    assertThat(budget.holdLeft()).isEqualTo(Duration.ofSeconds(7));
    assertThat(turns.snapshot(Lane.BACKGROUND).waiting()).isZero();
  }

  @Test
  void who_is_told_to_stop_leaves_the_turn_to_the_next() throws InterruptedException {
    // Given
    turns.await(Lane.BACKGROUND, false);
    var first = wants("upload 1", Lane.BACKGROUND, false);
    wants("upload 2", Lane.BACKGROUND, false);

    // When
    first.interrupt();
    first.join();
    letOneGo();

    // Then
    awaitGone(1);
    assertThat(gone).containsExactly("upload 2");
  }

  /** Returns when it waits. */
  private Thread wants(String name, Lane lane, boolean first) {
    var before = turns.snapshot(lane).waiting();
    var thread =
        Thread.startVirtualThread(
            () -> {
              try {
                turns.await(lane, first);
                gone.add(name);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    Awaitility.await(name).until(() -> turns.snapshot(lane).waiting() == before + 1);
    return thread;
  }

  private void letOneGo() {
    turns.configure(0.001, ++burst);
  }

  private void awaitGone(int count) {
    Awaitility.await(count + " gone").until(() -> gone.size() == count);
  }
}
