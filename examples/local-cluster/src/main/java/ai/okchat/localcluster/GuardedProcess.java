package ai.okchat.localcluster;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A child process that does not outlive this JVM, even if SIGKILL ends the JVM.
 *
 * <p>A guard shell reads from a pipe whose other end only this JVM has open. When the JVM ends, the
 * operating system closes the pipe, and the shell kills the child. The alternative, Linux's
 * parent-death signal, fires when the <em>thread</em> that started the child ends, and other
 * systems do not have it.
 */
public final class GuardedProcess implements AutoCloseable {

  private static final String GUARD = "trap '' INT HUP TERM; read _; kill -KILL \"$0\"";
  private static final int TAIL_LINES = 25;
  private static final int CONNECT_MILLIS = 1000;
  private static final int POLL_MILLIS = 50;

  private final String name;
  private final Process process;
  private final Process guard;
  private final Path log;

  private GuardedProcess(String name, Process process, Process guard, Path log) {
    this.name = name;
    this.process = process;
    this.guard = guard;
    this.log = log;
    // A remaining guard could kill a later process with the same number.
    var _ = process.onExit().thenRun(guard::destroyForcibly);
  }

  /** Starts a process without input, and appends its output to the log. */
  public static GuardedProcess start(String name, ProcessBuilder builder, Path log) {
    try {
      var process =
          builder
              .redirectInput(new File("/dev/null"))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      var guard = new ProcessBuilder("sh", "-c", GUARD, Long.toString(process.pid())).start();
      return new GuardedProcess(name, process, guard, log);
    } catch (IOException e) {
      throw new LocalClusterException("cannot start " + name, e);
    }
  }

  String name() {
    return name;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Completes when the process has ended, for any reason. */
  CompletableFuture<Process> onExit() {
    return process.onExit();
  }

  /** Waits without a limit and returns the exit code. */
  int awaitExit() {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalClusterException("interrupted while waiting for " + name, e);
    }
  }

  /**
   * Waits until the process accepts connections on a port of loopback.
   *
   * @throws LocalClusterException with the end of the log, if the process ends or the time is over
   */
  public void awaitPort(int port, Duration limit) {
    var deadline = System.nanoTime() + limit.toNanos();
    while (!accepts(port)) {
      if (!isAlive()) {
        throw new LocalClusterException(name + " ended by itself. Its log:\n" + logTail());
      }
      if (System.nanoTime() > deadline) {
        throw new LocalClusterException(
            "%s does not listen on port %d after %s. Its log:%n%s"
                .formatted(name, port, Heartbeat.text(limit), logTail()));
      }
      pause();
    }
  }

  private static boolean accepts(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalClusterException("interrupted while waiting for " + name, e);
    }
  }

  /** Sends SIGTERM, and kills the process if it has not ended in time. */
  public void stop(Duration grace) {
    process.destroy();
    try {
      if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        close();
      }
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
    }
  }

  /** Kills the process, and returns when it has ended. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
    guard.destroyForcibly();
  }

  /** Returns the last lines of the log, for an error message. */
  String logTail() {
    try {
      var lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "(the log " + log + " cannot be read: " + e + ")";
    }
  }
}
