package ai.okchat.operator.account;

import ai.okchat.operator.scheduling.RequestPriority;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Orders waiting requests: interactive before background, each in the order of arrival. After
 * several interactive requests in a row one background request goes, so that these never starve.
 * Pure except for its queues.
 *
 * @param <W> a waiting request
 */
final class RequestOrder<W> {

  /** Number of interactive requests that go before a waiting background request. */
  static final int INTERACTIVE_IN_A_ROW = 4;

  private final Deque<W> interactive = new ArrayDeque<>();
  private final Deque<W> background = new ArrayDeque<>();
  private int interactiveInARow;

  /** Adds a request at the end of its priority. */
  void join(RequestPriority priority, W waiter) {
    queue(priority).addLast(waiter);
  }

  /** Adds a request at the start of its priority: many objects wait for it. */
  void addFirst(RequestPriority priority, W waiter) {
    queue(priority).addFirst(waiter);
  }

  /** Returns the next request; null if none waits. */
  @Nullable W next() {
    return queue(nextPriority()).peekFirst();
  }

  /** Removes the next request: it is sent. */
  void go() {
    var priority = nextPriority();
    queue(priority).pollFirst();
    note(priority);
  }

  /** Records a request that is sent without a wait. */
  void note(RequestPriority priority) {
    interactiveInARow = priority == RequestPriority.INTERACTIVE ? interactiveInARow + 1 : 0;
  }

  /** Removes a request that no longer waits. */
  void remove(RequestPriority priority, W waiter) {
    queue(priority).remove(waiter);
  }

  boolean isEmpty() {
    return interactive.isEmpty() && background.isEmpty();
  }

  int waiting(RequestPriority priority) {
    return queue(priority).size();
  }

  Stream<W> all() {
    return Stream.concat(interactive.stream(), background.stream());
  }

  private RequestPriority nextPriority() {
    var isOwed = interactiveInARow >= INTERACTIVE_IN_A_ROW && !background.isEmpty();
    return interactive.isEmpty() || isOwed
        ? RequestPriority.BACKGROUND
        : RequestPriority.INTERACTIVE;
  }

  private Deque<W> queue(RequestPriority priority) {
    return priority == RequestPriority.INTERACTIVE ? interactive : background;
  }
}
