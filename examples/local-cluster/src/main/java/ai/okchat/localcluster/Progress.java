package ai.okchat.localcluster;

import java.time.Duration;

/** Where the lines go that tell a person what is happening and how far it is. */
@FunctionalInterface
public interface Progress {

  /** Takes one line, without a line break. */
  void say(String line);

  /** To standard error, which Maven and terminals show as it comes. */
  static Progress onTerminal() {
    return line -> System.err.println("[local-cluster] " + line);
  }

  /** Says nothing. */
  static Progress silent() {
    return line -> {};
  }

  /** Repeats a line with the time elapsed until the answer is closed. */
  default Heartbeat heartbeat(String line, Duration every) {
    return Heartbeat.start(this, line, every);
  }
}
