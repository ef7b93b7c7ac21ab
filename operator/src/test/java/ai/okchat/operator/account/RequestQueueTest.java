package ai.okchat.operator.account;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.scheduling.RequestPriority;
import ai.okchat.operator.testing.MovingClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Requests that wait in threads. The clock stands still: only a larger burst gives a permit. */
class RequestQueueTest {
  private final MovingClock clock = new MovingClock();
  private final RateLimiter budget = new RateLimiter(clock, clock);
  private final RequestQueue turns = new RequestQueue(budget);
  private final List<String> gone = new CopyOnWriteArrayList<>();
  private int burst = 1;

  RequestQueueTest() {
    turns.configure(0.001, burst);
  }

  @Test
  void doesNotWaitWhenAPermitIsFree() throws InterruptedException {
    // When
    turns.await(RequestPriority.BACKGROUND, false);

    // Then
    assertThat(turns.snapshot(RequestPriority.BACKGROUND))
        .isEqualTo(new AccountSnapshot.QueueSnapshot(0, 1, Duration.ZERO));
  }

  @Test
  void sendsEditBeforeWaitingUploads() throws InterruptedException {
    // Given
    turns.await(RequestPriority.BACKGROUND, false);
    wants("upload 1", RequestPriority.BACKGROUND, false);
    wants("upload 2", RequestPriority.BACKGROUND, false);
    wants("edit", RequestPriority.INTERACTIVE, false);
    wants("list", RequestPriority.BACKGROUND, true);

    // When
    for (var turn = 1; turn <= 4; turn++) {
      letOneGo();
      awaitGone(turn);
    }

    // Then
    assertThat(gone).containsExactly("edit", "list", "upload 1", "upload 2");
    assertThat(turns.snapshot(RequestPriority.BACKGROUND).turns()).isEqualTo(4);
    assertThat(turns.snapshot(RequestPriority.INTERACTIVE).turns()).isEqualTo(1);
    assertThat(turns.snapshot(RequestPriority.INTERACTIVE).waited()).isPositive();
  }

  @Test
  void failsWaitingRequestsWhenThrottled() throws InterruptedException {
    // Given
    turns.await(RequestPriority.BACKGROUND, false);
    wants("upload 1", RequestPriority.BACKGROUND, false);
    wants("upload 2", RequestPriority.BACKGROUND, false);

    // When
    var begins = turns.refused(clock.instant(), Duration.ofSeconds(7));

    // Then
    assertThat(begins).isTrue();
    awaitGone(2);
    assertThat(budget.throttledFor()).isEqualTo(Duration.ofSeconds(7));
    assertThat(turns.snapshot(RequestPriority.BACKGROUND).waiting()).isZero();
  }

  @Test
  void interruptedRequestLetsTheNextOneContinue() throws InterruptedException {
    // Given
    turns.await(RequestPriority.BACKGROUND, false);
    var first = wants("upload 1", RequestPriority.BACKGROUND, false);
    wants("upload 2", RequestPriority.BACKGROUND, false);

    // When
    first.interrupt();
    first.join();
    letOneGo();

    // Then
    awaitGone(1);
    assertThat(gone).containsExactly("upload 2");
  }

  /** Returns when it waits. */
  private Thread wants(String name, RequestPriority lane, boolean first) {
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
