package ai.okchat.operator.scheduling;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Limits how many background reconciliations may wait for backends at a time, and the memory of
 * what they read from them. A reconciliation keeps its thread while one of its requests is queued;
 * the other threads stay free for interactive ones.
 *
 * <p>An object that gets no permit is requeued when one becomes free, the longest-waiting first.
 */
public final class BackgroundPermits {

  /** Divisor of the size of the heap: the memory of all reconciliations together. */
  private static final int MEMORY_SHARE = 4;

  private final NamespaceQuota memory;
  private final Object lock = new Object();
  private final SequencedMap<String, Runnable> waiting = new LinkedHashMap<>();
  private int free;

  /** Limits the memory to a quarter of the heap. */
  public BackgroundPermits(int count) {
    this(count, Runtime.getRuntime().maxMemory() / MEMORY_SHARE);
  }

  /**
   * @param bytes memory of all reconciliations together; those of one namespace may use half of it
   */
  public BackgroundPermits(int count, long bytes) {
    this.free = count;
    this.memory = new NamespaceQuota(bytes);
  }

  /**
   * Returns the permit of one reconciliation, not taken yet.
   *
   * @param namespace of the reconciled object
   * @param uid of the reconciled object
   * @param requeue triggers another reconciliation of the object; called when a permit may be free
   */
  public Permit permitFor(String namespace, String uid, Runnable requeue) {
    return new Permit(namespace, uid, requeue);
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

    private final String namespace;
    private final String uid;
    private final Runnable requeue;
    private boolean taken;
    private long reserved;

    private Permit(String namespace, String uid, Runnable requeue) {
      this.namespace = namespace;
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

    /** Returns how many bytes the reconciliations of one namespace may reserve. */
    public long mostBytes() {
      return memory.mostOfNamespace();
    }

    /**
     * Reserves memory until the end of the reconciliation.
     *
     * @return false if this reconciliation alone needs more than a namespace may have
     * @throws NoPermitException if the other reconciliations leave too little
     */
    public boolean reserve(long bytes) {
      if (reserved + bytes > mostBytes()) {
        return false;
      }
      if (memory.take(namespace, bytes) != NamespaceQuota.Limit.NONE) {
        throw new NoPermitException();
      }
      reserved += bytes;
      return true;
    }

    /** Releases memory before the end. */
    public void release(long bytes) {
      memory.change(namespace, -bytes);
      reserved -= bytes;
    }

    @Override
    public void close() {
      release(reserved);
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
