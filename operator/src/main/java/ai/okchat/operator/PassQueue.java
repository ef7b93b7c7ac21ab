package ai.okchat.operator;

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
 * The passes that wait for a thread, by {@link Urgency}: an edit does not wait for the thousand
 * objects that were applied before it. A quarter of the threads is kept for what is to go at once,
 * so that it does not wait for those under way either.
 *
 * <p>The framework does not say of which object a pass is. It tells its metrics, on the same thread
 * right before; so this listens there.
 */
final class PassQueue extends ThreadPoolExecutor implements Metrics {

  private static final long IDLE_SECONDS = 30;

  /** One thread of so many is kept. */
  private static final int KEPT_OF = 4;

  private static final ThreadLocal<Urgency> ANNOUNCED = new ThreadLocal<>();

  private final Object lock = new Object();
  private final Queue<Waiting> atOnce = new ArrayDeque<>();
  private final Queue<Waiting> patient = new PriorityQueue<>(Waiting.ORDER);

  /** Threads that a patient one may have now. */
  private int freeForPatient;

  private long arrivals;

  /**
   * @param due on the clock of {@link System#nanoTime}
   */
  private record Waiting(Runnable pass, Urgency urgency, long due, long arrival) {

    private static final Comparator<Waiting> ORDER =
        Comparator.comparingLong(Waiting::due).thenComparingLong(Waiting::arrival);

    boolean isAtOnce() {
      return urgency == Urgency.AT_ONCE;
    }
  }

  PassQueue(int threads) {
    super(threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    allowCoreThreadTimeOut(true);
    freeForPatient = threads - threads / KEPT_OF;
  }

  @Override
  public void reconcileCustomResource(
      HasMetadata object, @Nullable RetryInfo retry, Map<String, Object> metadata) {
    ANNOUNCED.set(Urgency.of(object));
  }

  @Override
  public void execute(Runnable pass) {
    var urgency = Objects.requireNonNullElse(ANNOUNCED.get(), Urgency.AT_ONCE);
    ANNOUNCED.remove();
    add(pass, urgency);
    super.execute(this::work);
  }

  @Override
  public List<Runnable> shutdownNow() {
    synchronized (lock) {
      atOnce.clear();
      patient.clear();
    }
    return super.shutdownNow();
  }

  /** A pass that throws takes its thread with it, which others may have been left to. */
  @Override
  protected void afterExecute(Runnable work, @Nullable Throwable thrown) {
    super.afterExecute(work, thrown);
    if (thrown != null && !isShutdown()) {
      super.execute(this::work);
    }
  }

  private void add(Runnable pass, Urgency urgency) {
    synchronized (lock) {
      var due = System.nanoTime() + urgency.patience().toNanos();
      var waiting = new Waiting(pass, urgency, due, arrivals++);
      (waiting.isAtOnce() ? atOnce : patient).add(waiting);
    }
  }

  /** As many of these are asked for as passes; one that may not begin is left to those at work. */
  private void work() {
    for (var next = begin(); next != null; next = begin()) {
      try {
        next.pass().run();
      } finally {
        end(next);
      }
    }
  }

  private @Nullable Waiting begin() {
    synchronized (lock) {
      var next = firstDue(atOnce.peek(), freeForPatient > 0 ? patient.peek() : null);
      if (next == null) {
        return null;
      }
      if (next.isAtOnce()) {
        atOnce.remove();
      } else {
        patient.remove();
        freeForPatient--;
      }
      return next;
    }
  }

  private void end(Waiting ended) {
    synchronized (lock) {
      if (!ended.isAtOnce()) {
        freeForPatient++;
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
