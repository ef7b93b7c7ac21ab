package ai.okchat.sandbox.switches;

import java.util.function.UnaryOperator;

/** The switches of a running sandbox. */
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

  /** Back to what the sandbox was started with. */
  public synchronized void reset() {
    now = atStart;
  }
}
