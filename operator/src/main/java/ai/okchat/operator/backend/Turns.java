package ai.okchat.operator.backend;

import ai.okchat.operator.backend.AccountSnapshot.LaneSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets the requests of one account go as fast as its budget allows, in the order of {@link
 * TurnOrder}. Where there is room and nobody waits, a request only passes a lock.
 */
final class Turns {

  private final RequestBudget budget;
  private final ReentrantLock lock = new ReentrantLock();
  private final TurnOrder<Condition> order = new TurnOrder<>();
  private final Map<Lane, Long> turns = new EnumMap<>(Lane.class);
  private final Map<Lane, Long> waitedNanos = new EnumMap<>(Lane.class);

  Turns(RequestBudget budget) {
    this.budget = budget;
  }

  /**
   * Returns when it is this request's turn, or when a hold begins: nothing may be sent then.
   *
   * @param first whether to be the next of its lane
   */
  void await(Lane lane, boolean first) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (order.isEmpty() && budget.take()) {
        order.note(lane);
        count(lane, 0);
        return;
      }
      var from = System.nanoTime();
      queue(lane, first);
      count(lane, System.nanoTime() - from);
    } finally {
      lock.unlock();
    }
  }

  /**
   * The backend refused a request for its rate: whoever waits is told.
   *
   * @return whether a hold begins with this
   */
  boolean refused(Instant sentAt, Duration pause) {
    lock.lock();
    try {
      var begins = budget.refused(sentAt, pause);
      order.all().forEach(Condition::signal);
      return begins;
    } finally {
      lock.unlock();
    }
  }

  /** The spec may say another rate. */
  void configure(double perSecond, double burst) {
    lock.lock();
    try {
      budget.configure(perSecond, burst);
      wakeNext();
    } finally {
      lock.unlock();
    }
  }

  LaneSnapshot snapshot(Lane lane) {
    lock.lock();
    try {
      return new LaneSnapshot(
          order.waiting(lane),
          turns.getOrDefault(lane, 0L),
          Duration.ofNanos(waitedNanos.getOrDefault(lane, 0L)));
    } finally {
      lock.unlock();
    }
  }

  private void queue(Lane lane, boolean first) throws InterruptedException {
    var mine = lock.newCondition();
    if (first) {
      order.joinFirst(lane, mine);
    } else {
      order.join(lane, mine);
    }
    try {
      while (!budget.holdLeft().isPositive()) {
        if (!mine.equals(order.next())) {
          mine.await();
        } else if (budget.take()) {
          order.go();
          return;
        } else {
          // Whoever is first by now may have come later; it is woken, or wakes by itself.
          var _ = mine.await(budget.untilRoom().toNanos(), TimeUnit.NANOSECONDS);
        }
      }
    } finally {
      order.leave(lane, mine);
      wakeNext();
    }
  }

  private void wakeNext() {
    var next = order.next();
    if (next != null) {
      next.signal();
    }
  }

  private void count(Lane lane, long nanos) {
    turns.merge(lane, 1L, Long::sum);
    waitedNanos.merge(lane, nanos, Long::sum);
  }
}
