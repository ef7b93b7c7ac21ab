package ai.okchat.operator.scheduling;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Limits how many background reconciliations may wait for backends at a time. A reconciliation
 * keeps its thread while one of its requests is queued; the other threads stay free for interactive
 * ones.
 *
 * <p>An object that gets no permit is requeued when one becomes free, the longest-waiting first.
 */
public final class BackgroundPermits {

  private final Object lock = new Object();
  private final SequencedMap<String, Runnable> waiting = new LinkedHashMap<>();
  private int free;

  public BackgroundPermits(int count) {
    this.free = count;
  }

  /**
   * Returns the permit of one reconciliation, not taken yet.
   *
   * @param uid of the reconciled object
   * @param requeue triggers another reconciliation of the object; called when a permit may be free
   */
  public Permit permitFor(String uid, Runnable requeue) {
    return new Permit(uid, requeue);
  }

  /**
   * Returns one callback for each free permit: an object that no longer needs its permit takes
   * none.
   */
  private List<Runnable> next() {
    var next = new ArrayList<Runnable>();
    while (next.size() < free && !waiting.isEmpty()) {
      next.add(waiting.pollFirstEntry().getValue());
    }
    return next;
  }

  /** A permit that is taken at most once, and returned at the end of the reconciliation. */
  public final class Permit implements AutoCloseable {

    private final String uid;
    private final Runnable requeue;
    private boolean taken;

    private Permit(String uid, Runnable requeue) {
      this.uid = uid;
      this.requeue = requeue;
    }

    /**
     * Takes the permit if one is free; if not, the object is requeued when one is. Returns whether
     * the reconciliation has the permit.
     */
    public boolean tryAcquire() {
      synchronized (lock) {
        if (!taken && free > 0) {
          free--;
          taken = true;
          waiting.remove(uid);
        } else if (!taken) {
          waiting.putIfAbsent(uid, requeue);
        }
        return taken;
      }
    }

    @Override
    public void close() {
      List<Runnable> next;
      synchronized (lock) {
        if (taken) {
          free++;
          taken = false;
        }
        next = next();
      }
      next.forEach(Runnable::run);
    }
  }
}
