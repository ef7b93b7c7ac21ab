package ai.okchat.operator.backend;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who is next: people before the background, each in the order of arrival. After some people in a
 * row one of the background goes, so that it never stands still. Pure but for its queues.
 *
 * @param <W> who waits
 */
final class TurnOrder<W> {

  /** How many people go before one of the background that waits. */
  static final int PEOPLE_IN_A_ROW = 4;

  private final Deque<W> people = new ArrayDeque<>();
  private final Deque<W> background = new ArrayDeque<>();
  private int peopleInARow;

  /** Comes last in the lane. */
  void join(Lane lane, W newcomer) {
    queue(lane).addLast(newcomer);
  }

  /** Comes first in the lane: one that many wait for. */
  void joinFirst(Lane lane, W newcomer) {
    queue(lane).addFirst(newcomer);
  }

  /** Whose turn it is; null where nobody waits. */
  @Nullable W next() {
    return queue(nextLane()).peekFirst();
  }

  /** That one goes. */
  void go() {
    var lane = nextLane();
    queue(lane).pollFirst();
    note(lane);
  }

  /** Somebody went who did not have to wait. */
  void note(Lane lane) {
    peopleInARow = lane == Lane.PEOPLE ? peopleInARow + 1 : 0;
  }

  /** Does not want to go any more. */
  void leave(Lane lane, W waiter) {
    queue(lane).remove(waiter);
  }

  boolean isEmpty() {
    return people.isEmpty() && background.isEmpty();
  }

  int waiting(Lane lane) {
    return queue(lane).size();
  }

  Stream<W> all() {
    return Stream.concat(people.stream(), background.stream());
  }

  private Lane nextLane() {
    var isOwed = peopleInARow >= PEOPLE_IN_A_ROW && !background.isEmpty();
    return people.isEmpty() || isOwed ? Lane.BACKGROUND : Lane.PEOPLE;
  }

  private Deque<W> queue(Lane lane) {
    return lane == Lane.PEOPLE ? people : background;
  }
}
