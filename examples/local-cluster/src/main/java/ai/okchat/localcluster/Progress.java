package ai.okchat.localcluster;

import java.time.Duration;

/** Receives the progress lines for the user. */
@FunctionalInterface
public interface Progress {

  /** Reports one line, without a line break. */
  void say(String line);

  /** Writes to standard error, which Maven and terminals show without delay. */
  static Progress onTerminal() {
    return line -> System.err.println("[local-cluster] " + line);
  }

  /** Reports nothing. */
  static Progress silent() {
    return line -> {};
  }

  /** Repeats a line with the elapsed time until the result is closed. */
  default Heartbeat heartbeat(String line, Duration every) {
    return Heartbeat.start(this, line, every);
  }
}
