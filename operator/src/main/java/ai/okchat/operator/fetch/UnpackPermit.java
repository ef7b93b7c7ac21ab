package ai.okchat.operator.fetch;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The permit of one fetch to have objects of a repository in memory. JGit keeps a delta, its base
 * and the result, each up to the limit of an object, so the heap has room for one repository at a
 * time: from the end of its pack until its files are read.
 */
public final class UnpackPermit implements AutoCloseable {

  private final Semaphore permits;
  private final Duration patience;
  private boolean isHeld;

  /**
   * @param patience how long to wait for the other repositories
   */
  UnpackPermit(Semaphore permits, Duration patience) {
    this.permits = permits;
    this.patience = patience;
  }

  /**
   * Waits for the permit; does nothing if the fetch has it.
   *
   * @throws SourceException if other repositories need it for too long
   */
  void acquire() throws InterruptedIOException {
    if (isHeld) {
      return;
    }
    try {
      isHeld = permits.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("The operator is stopping.");
    }
    if (!isHeld) {
      throw new SourceException("The operator unpacks other repositories.", true);
    }
  }

  /** Releases the permit, if the fetch has it. */
  @Override
  public void close() {
    if (isHeld) {
      isHeld = false;
      permits.release();
    }
  }
}
