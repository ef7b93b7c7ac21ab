package ai.okchat.operator.scheduling;

import java.time.Duration;

/**
 * Reports that a background reconciliation got no permit, or no memory: others need the threads or
 * have the memory.
 */
public final class NoPermitException extends RuntimeException {

  /** Delay of the requeue, if no returned permit has requeued the object before. */
  public static final Duration LATER = Duration.ofMinutes(1);

  private static final long serialVersionUID = 1L;

  public NoPermitException() {
    super("All background permits are in use", null, false, false);
  }
}
