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

/** A program of this project as a process of its own, and what it costs the machine. */
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
      // A benchmark that fails or is interrupted leaves nothing running.
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
   * All that it printed so far.
   *
   * @throws IllegalStateException if it has ended
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

  /** Processor time since its start. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** Resident memory. */
  long mebibytes() {
    try {
      var ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(process.pid())).start();
      var text = new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Long.parseLong(text.strip()) / 1024;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot ask ps for the memory of a process", e);
    }
  }

  /** Asks it to end, and kills it if it does not. */
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
