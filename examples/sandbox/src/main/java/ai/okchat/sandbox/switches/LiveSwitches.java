package ai.okchat.sandbox.switches;

import java.util.function.UnaryOperator;

/** Keeps the switches of a running sandbox. */
public final class LiveSwitches {
  private final Switches atStart;
  private volatile Switches now;

  public LiveSwitches(Switches atStart) {
    this.atStart = atStart;
    this.now = atStart;
  }

  public Switches now() {
    return now;
  }

  public synchronized Switches change(UnaryOperator<Switches> change) {
    now = change.apply(now);
    return now;
  }

  /** Restores the switches of the start. */
  public synchronized void reset() {
    now = atStart;
  }
}
