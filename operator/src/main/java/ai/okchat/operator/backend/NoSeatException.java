package ai.okchat.operator.backend;

import java.time.Duration;

/** A pass for which nobody waits has to come back later: the threads are needed for people. */
public final class NoSeatException extends RuntimeException {

  /** When to ask for a seat again if no seat that became free has requeued the object before. */
  public static final Duration LATER = Duration.ofMinutes(1);

  private static final long serialVersionUID = 1L;

  NoSeatException() {
    super("The passes that wait for backends are many; this one comes later.", null, false, false);
  }
}
