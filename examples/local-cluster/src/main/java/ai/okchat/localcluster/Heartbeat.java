package ai.okchat.localcluster;

import java.time.Duration;

/** A line that comes again and again while something takes long, so that nobody thinks it hangs. */
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

  /** Since the start. */
  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  /** Minutes and seconds, as a person says them. */
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
