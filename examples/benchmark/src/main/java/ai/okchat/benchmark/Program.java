package ai.okchat.benchmark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program of this project as a process, and measures its processor time and memory. */
final class Program implements AutoCloseable {

  private static final Duration END_LIMIT = Duration.ofSeconds(30);

  private final Process process;
  private final Path log;
  private final Instant started;

  private Program(Process process, Path log, Instant started) {
    this.process = process;
    this.log = log;
    this.started = started;
  }

  static Program start(List<String> command, Map<String, String> environment, Path log) {
    try {
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().putAll(environment);
      builder.redirectInput(new File("/dev/null"));
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      var started = Instant.now();
      var process = builder.start();
      // Ends the process if the benchmark fails or is interrupted.
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      return new Program(process, log, started);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command.getFirst(), e);
    }
  }

  Instant started() {
    return started;
  }

  /**
   * Returns the output until now.
   *
   * @throws IllegalStateException if the process has ended
   */
  String output() {
    try {
      var output = Files.readString(log);
      if (!process.isAlive()) {
        throw new IllegalStateException("a program of the benchmark has ended:\n" + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the processor time since the start. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** Returns the resident memory in MiB. */
  long mebibytes() {
    try {
      var ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(process.pid())).start();
      var text = new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Long.parseLong(text.strip()) / 1024;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot ask ps for the memory of a process", e);
    }
  }

  /** Sends SIGTERM, and kills the process if it does not end in time. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(END_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
