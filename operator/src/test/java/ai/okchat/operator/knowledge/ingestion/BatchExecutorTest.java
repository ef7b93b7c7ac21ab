package ai.okchat.operator.knowledge.ingestion;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.okchat.operator.testing.MovingClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls of one batch: at most eight at a time, until one fails or the time is over. */
@Timeout(60)
class BatchExecutorTest {

  private static final Duration TIME = Duration.ofSeconds(10);
  private static final int AT_A_TIME = 8;

  private final MovingClock clock = new MovingClock();
  private final BatchExecutor executor = new BatchExecutor(clock, TIME);
  private final Queue<Integer> done = new ConcurrentLinkedQueue<>();

  @Test
  void executesEachCallOnce() {
    // When
    executor.execute(List.of());
    executor.execute(calls(20));

    // Then
    assertThat(done).containsExactlyInAnyOrderElementsOf(numbers(20));
  }

  @Test
  void returnsAfterAllCallsHaveEnded() {
    // Given
    var others = new CountDownLatch(AT_A_TIME - 1);
    var calls = new ArrayList<Runnable>();
    calls.add(
        () -> {
          await(others);
          done.add(0);
        });
    IntStream.range(1, AT_A_TIME).forEach(_ -> calls.add(others::countDown));

    // When
    executor.execute(calls);

    // Then
    assertThat(done).containsExactly(0);
  }

  @Test
  void executesEightCallsAtATimeAndNoMore() {
    // Given
    var ninth = new CountDownLatch(1);
    var isNinthStarted = new AtomicBoolean();
    var eight =
        new CyclicBarrier(
            AT_A_TIME, () -> isNinthStarted.set(await(ninth, Duration.ofMillis(200))));
    var calls = new ArrayList<Runnable>();
    IntStream.range(0, AT_A_TIME).forEach(_ -> calls.add(() -> await(eight)));
    calls.add(ninth::countDown);

    // When
    executor.execute(calls);

    // Then
    assertThat(isNinthStarted).isFalse();
    assertThat(ninth.getCount()).isZero();
  }

  @Test
  void throwsTheExceptionOfACallAfterTheRunningCallsHaveEnded() {
    // Given
    var failure = new IllegalStateException("The second call fails.");
    var failing = new CountDownLatch(1);
    var calls =
        List.<Runnable>of(
            () -> {
              await(failing);
              done.add(0);
            },
            () -> {
              failing.countDown();
              throw failure;
            });

    // When, Then
    assertThatThrownBy(() -> executor.execute(calls)).isSameAs(failure);
    assertThat(done).containsExactly(0);
  }

  @Test
  void throwsTheErrorOfACallOnAnotherThread() {
    // Given
    var error = new StackOverflowError();
    var caller = Thread.currentThread();
    var failing = new CountDownLatch(1);
    Runnable call =
        () -> {
          if (Thread.currentThread() == caller) {
            await(failing);
          } else {
            failing.countDown();
            throw error;
          }
        };

    // When, Then
    assertThatThrownBy(() -> executor.execute(List.of(call, call))).isSameAs(error);
  }

  @Test
  void startsNoFurtherCallAfterAFailure() {
    // Given
    var calls = new ArrayList<Runnable>();
    IntStream.range(0, AT_A_TIME)
        .forEach(
            number ->
                calls.add(
                    () -> {
                      throw new IllegalStateException("Call " + number);
                    }));
    calls.addAll(calls(3));

    // When, Then
    assertThatThrownBy(() -> executor.execute(calls)).isInstanceOf(IllegalStateException.class);
    assertThat(done).isEmpty();
  }

  @Test
  void startsTheNextBatchAfterAFailure() {
    // Given
    var failure = new IllegalStateException("The batch before fails.");
    List<Runnable> failing =
        List.of(
            () -> {
              throw failure;
            });
    assertThatThrownBy(() -> executor.execute(failing)).isSameAs(failure);

    // When
    executor.execute(calls(2));

    // Then
    assertThat(done).containsExactlyInAnyOrder(0, 1);
  }

  @Test
  void startsCallsUntilTheTimeIsOver() {
    // Given
    var calls = new ArrayList<Runnable>();
    calls.add(() -> clock.pass(TIME.minusNanos(1)));
    calls.addAll(calls(20));

    // When
    executor.execute(calls);

    // Then
    assertThat(done).hasSize(20);
  }

  @Test
  void startsNoCallWhenTheTimeIsOver() {
    // Given: the time is over while the first eight calls are executed.
    var eight = new CyclicBarrier(AT_A_TIME, () -> clock.pass(TIME));
    var calls = new ArrayList<Runnable>();
    IntStream.range(0, AT_A_TIME).forEach(_ -> calls.add(() -> await(eight)));
    calls.addAll(calls(3));

    // When
    executor.execute(calls);

    // Then
    assertThat(done).isEmpty();
  }

  @Test
  void measuresTheTimeOfEachBatch() {
    // Given
    executor.execute(List.of(() -> clock.pass(TIME)));

    // When
    executor.execute(calls(2));

    // Then
    assertThat(done).containsExactlyInAnyOrder(0, 1);
  }

  /** Calls that record their numbers. */
  private List<Runnable> calls(int number) {
    return IntStream.range(0, number).<Runnable>mapToObj(call -> () -> done.add(call)).toList();
  }

  private static List<Integer> numbers(int number) {
    return IntStream.range(0, number).boxed().toList();
  }

  private static void await(CountDownLatch latch) {
    if (!await(latch, Duration.ofSeconds(30))) {
      throw new IllegalStateException("The other calls were not executed meanwhile.");
    }
  }

  private static boolean await(CountDownLatch latch, Duration longest) {
    try {
      return latch.await(longest.toMillis(), MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(30, SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
