package ai.okchat.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The passes that wait for a thread, by {@link Urgency}: an edit does not wait for the thousand
 * objects that were applied before it.
 *
 * <p>The framework does not say of which object a pass is. It tells its metrics, on the same thread
 * right before; so this listens there.
 */
final class PassQueue extends ThreadPoolExecutor implements Metrics {

  private static final long IDLE_SECONDS = 30;

  private static final ThreadLocal<Urgency> ANNOUNCED = new ThreadLocal<>();
  private final AtomicLong arrivals = new AtomicLong();

  /**
   * @param due on the clock of {@link System#nanoTime}
   */
  private record Waiting(Runnable pass, long due, long arrival)
      implements Runnable, Comparable<Waiting> {

    private static final Comparator<Waiting> ORDER =
        Comparator.comparingLong(Waiting::due).thenComparingLong(Waiting::arrival);

    @Override
    public int compareTo(Waiting other) {
      return ORDER.compare(this, other);
    }

    @Override
    public void run() {
      pass.run();
    }
  }

  PassQueue(int threads) {
    super(threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new PriorityBlockingQueue<>());
    allowCoreThreadTimeOut(true);
  }

  @Override
  public void reconcileCustomResource(
      HasMetadata object, @Nullable RetryInfo retry, Map<String, Object> metadata) {
    ANNOUNCED.set(Urgency.of(object));
  }

  @Override
  public void execute(Runnable pass) {
    var urgency = ANNOUNCED.get();
    ANNOUNCED.remove();
    var patience = urgency == null ? 0 : urgency.patience().toNanos();
    super.execute(new Waiting(pass, System.nanoTime() + patience, arrivals.getAndIncrement()));
  }
}
