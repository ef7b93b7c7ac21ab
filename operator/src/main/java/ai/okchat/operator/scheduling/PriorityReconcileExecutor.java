package ai.okchat.operator.scheduling;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs reconciliations by {@link ReconcilePriority}: the reconciliation of an edited object does
 * not wait for the thousand objects that were applied before it. A quarter of the threads is
 * reserved for {@link ReconcilePriority#AT_ONCE}, so that these do not wait for running
 * reconciliations either.
 *
 * <p>The framework does not pass the object of a reconciliation to the executor. It reports the
 * object to its metrics, on the same thread right before; so this class implements both.
 */
public final class PriorityReconcileExecutor extends ThreadPoolExecutor implements Metrics {

  private static final long IDLE_SECONDS = 30;

  /** One of this many threads is reserved. */
  private static final int KEPT_OF = 4;

  private static final ThreadLocal<ReconcilePriority> ANNOUNCED = new ThreadLocal<>();

  private final Object lock = new Object();
  private final Queue<Waiting> atOnce = new ArrayDeque<>();
  private final Queue<Waiting> deferred = new PriorityQueue<>(Waiting.ORDER);

  /** Threads that deferred tasks may use now. */
  private int freeForDeferred;

  private long arrivals;

  /**
   * A reconciliation that waits for a thread.
   *
   * @param due on the clock of {@link System#nanoTime}
   */
  private record Waiting(Runnable task, ReconcilePriority priority, long due, long arrival) {

    private static final Comparator<Waiting> ORDER =
        Comparator.comparingLong(Waiting::due).thenComparingLong(Waiting::arrival);

    boolean isAtOnce() {
      return priority == ReconcilePriority.AT_ONCE;
    }
  }

  public PriorityReconcileExecutor(int threads) {
    super(threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    allowCoreThreadTimeOut(true);
    freeForDeferred = threads - threads / KEPT_OF;
  }

  @Override
  public void reconciliationSubmitted(
      HasMetadata object, @Nullable RetryInfo retry, Map<String, Object> metadata) {
    ANNOUNCED.set(ReconcilePriority.of(object));
  }

  @Override
  public void execute(Runnable task) {
    var priority = Objects.requireNonNullElse(ANNOUNCED.get(), ReconcilePriority.AT_ONCE);
    ANNOUNCED.remove();
    add(task, priority);
    super.execute(this::work);
  }

  @Override
  public List<Runnable> shutdownNow() {
    synchronized (lock) {
      atOnce.clear();
      deferred.clear();
    }
    return super.shutdownNow();
  }

  /**
   * Starts another worker after a task that threw: the thread ends, and waiting tasks may depend on
   * it.
   */
  @Override
  protected void afterExecute(Runnable work, @Nullable Throwable thrown) {
    super.afterExecute(work, thrown);
    if (thrown != null && !isShutdown()) {
      super.execute(this::work);
    }
  }

  private void add(Runnable task, ReconcilePriority priority) {
    synchronized (lock) {
      var due = System.nanoTime() + priority.patience().toNanos();
      var waiting = new Waiting(task, priority, due, arrivals++);
      (waiting.isAtOnce() ? atOnce : deferred).add(waiting);
    }
  }

  /**
   * Runs tasks until none may begin. The executor starts one worker for each task; the running
   * workers run a task that may not begin yet.
   */
  private void work() {
    for (var next = begin(); next != null; next = begin()) {
      try {
        next.task().run();
      } finally {
        end(next);
      }
    }
  }

  private @Nullable Waiting begin() {
    synchronized (lock) {
      var next = firstDue(atOnce.peek(), freeForDeferred > 0 ? deferred.peek() : null);
      if (next == null) {
        return null;
      }
      if (next.isAtOnce()) {
        atOnce.remove();
      } else {
        deferred.remove();
        freeForDeferred--;
      }
      return next;
    }
  }

  private void end(Waiting ended) {
    synchronized (lock) {
      if (!ended.isAtOnce()) {
        freeForDeferred++;
      }
    }
  }

  private static @Nullable Waiting firstDue(@Nullable Waiting one, @Nullable Waiting other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return Waiting.ORDER.compare(one, other) <= 0 ? one : other;
  }
}
