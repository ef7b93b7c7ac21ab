package ai.okchat.operator.account;

import ai.okchat.operator.account.AccountSnapshot.QueueSnapshot;
import ai.okchat.operator.scheduling.RequestPriority;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Releases the requests of one account as fast as its rate limit allows, in the order of {@link
 * RequestOrder}. If there is room and no request waits, a request only takes a lock.
 */
final class RequestQueue {

  private final RateLimiter rateLimiter;
  private final ReentrantLock lock = new ReentrantLock();
  private final RequestOrder<Condition> order = new RequestOrder<>();
  private final Map<RequestPriority, Long> dequeued = new EnumMap<>(RequestPriority.class);
  private final Map<RequestPriority, Long> waitedNanos = new EnumMap<>(RequestPriority.class);

  RequestQueue(RateLimiter rateLimiter) {
    this.rateLimiter = rateLimiter;
  }

  /**
   * Waits until this request may be sent, or until throttling begins: nothing may be sent then.
   *
   * @param first whether to be the next one of its priority
   */
  void await(RequestPriority priority, boolean first) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (order.isEmpty() && rateLimiter.tryAcquire()) {
        order.note(priority);
        count(priority, 0);
        return;
      }
      var from = System.nanoTime();
      queue(priority, first);
      count(priority, System.nanoTime() - from);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Records a 429 response, and signals all waiting requests.
   *
   * @return whether throttling begins with this
   */
  boolean refused(Instant sentAt, Duration pause) {
    lock.lock();
    try {
      var begins = rateLimiter.refused(sentAt, pause);
      order.all().forEach(Condition::signal);
      return begins;
    } finally {
      lock.unlock();
    }
  }

  /** Applies the rate limit of the spec. */
  void configure(double perSecond, double burst) {
    lock.lock();
    try {
      rateLimiter.configure(perSecond, burst);
      signalNext();
    } finally {
      lock.unlock();
    }
  }

  QueueSnapshot snapshot(RequestPriority priority) {
    lock.lock();
    try {
      return new QueueSnapshot(
          order.waiting(priority),
          dequeued.getOrDefault(priority, 0L),
          Duration.ofNanos(waitedNanos.getOrDefault(priority, 0L)));
    } finally {
      lock.unlock();
    }
  }

  private void queue(RequestPriority priority, boolean first) throws InterruptedException {
    var mine = lock.newCondition();
    if (first) {
      order.addFirst(priority, mine);
    } else {
      order.join(priority, mine);
    }
    try {
      while (!rateLimiter.throttledFor().isPositive()) {
        if (!mine.equals(order.next())) {
          mine.await();
        } else if (rateLimiter.tryAcquire()) {
          order.go();
          return;
        } else {
          // A later request may be the first one by now; it is signaled, or its wait ends.
          var _ = mine.await(rateLimiter.untilRoom().toNanos(), TimeUnit.NANOSECONDS);
        }
      }
    } finally {
      order.remove(priority, mine);
      signalNext();
    }
  }

  private void signalNext() {
    var next = order.next();
    if (next != null) {
      next.signal();
    }
  }

  private void count(RequestPriority priority, long nanos) {
    dequeued.merge(priority, 1L, Long::sum);
    waitedNanos.merge(priority, nanos, Long::sum);
  }
}
