package ai.okchat.operator.backend;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * How many passes may wait for backends at a time for which nobody waits. A pass keeps its thread
 * while a request of it waits for its turn; the other threads stay free for people.
 *
 * <p>An object that finds no free seat is requeued by one that becomes free, the longest-waiting
 * first.
 */
public final class Seats {

  private final Object lock = new Object();
  private final SequencedMap<String, Runnable> waiting = new LinkedHashMap<>();
  private int free;

  public Seats(int count) {
    this.free = count;
  }

  /**
   * The seat of one pass, not taken yet.
   *
   * @param uid of the object that the pass is about
   * @param requeue asks for another pass over the object; called when a seat may be free for it
   */
  Seat forOnePass(String uid, Runnable requeue) {
    return new Seat(uid, requeue);
  }

  /** As many as there are free seats: an object that does not want one any more takes none. */
  private List<Runnable> next() {
    var next = new ArrayList<Runnable>();
    while (next.size() < free && !waiting.isEmpty()) {
      next.add(waiting.pollFirstEntry().getValue());
    }
    return next;
  }

  /** Taken at most once, given back at the end of the pass. */
  public final class Seat implements AutoCloseable {

    private final String uid;
    private final Runnable requeue;
    private boolean taken;

    private Seat(String uid, Runnable requeue) {
      this.uid = uid;
      this.requeue = requeue;
    }

    /** Whether this pass has a seat now; if not, the object is requeued when one is free. */
    public boolean take() {
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
