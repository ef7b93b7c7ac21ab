package ai.okchat.operator.backend;

import java.util.concurrent.Semaphore;

/**
 * How many passes may wait for backends at a time for which nobody waits. A pass keeps its thread
 * while a request of it waits for its turn; the other threads stay free for people.
 */
public final class Seats {

  private final Semaphore free;

  public Seats(int count) {
    this.free = new Semaphore(count);
  }

  /** The seat of one pass, not taken yet. */
  Seat forOnePass() {
    return new Seat();
  }

  /** Taken at most once, given back at the end of the pass. */
  public final class Seat implements AutoCloseable {

    private boolean taken;

    private Seat() {}

    /** Whether this pass has a seat now. */
    public boolean take() {
      taken = taken || free.tryAcquire();
      return taken;
    }

    @Override
    public void close() {
      if (taken) {
        free.release();
        taken = false;
      }
    }
  }
}
