package ai.okchat.localcluster;

import java.time.Duration;

/** Repeats a line during a long task, to show that it is still running. */
public final class Heartbeat implements AutoCloseable {

  private final long startNanos = System.nanoTime();
  private final Thread thread;

  private Heartbeat(Progress progress, String line, Duration every) {
    thread = Thread.ofVirtual().unstarted(() -> beat(progress, line, every));
  }

  static Heartbeat start(Progress progress, String line, Duration every) {
    var heartbeat = new Heartbeat(progress, line, every);
    heartbeat.thread.start();
    return heartbeat;
  }

  /** Returns the time since the start. */
  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  /** Formats minutes and seconds, for example {@code 2 min 5 s}. */
  static String text(Duration duration) {
    return duration.toMinutes() == 0
        ? duration.toSeconds() + " s"
        : duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
  }

  private void beat(Progress progress, String line, Duration every) {
    try {
      while (true) {
        Thread.sleep(every);
        progress.say(line + " ... " + text(elapsed()));
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
