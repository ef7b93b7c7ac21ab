package ai.okchat.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * Shows the output of a command in the program of the variable {@code PAGER}, if a user reads it on
 * a terminal. {@code less} ends by itself if the output fits on the screen.
 */
final class Pager implements AutoCloseable {
  private static final Set<PluginCommands> PAGED =
      Set.of(PluginCommands.WHY, PluginCommands.CONVERSATIONS, PluginCommands.MESSAGES);

  private final Streams streams;
  private final Optional<Process> process;
  private final Runnable printCopy;

  private Pager(Streams streams, Optional<Process> process, Runnable printCopy) {
    this.streams = streams;
    this.process = process;
    this.printCopy = printCopy;
  }

  private static Pager withoutProgram(Streams streams) {
    return new Pager(streams, Optional.empty(), () -> {});
  }

  /** Starts the program, or returns one without a program. */
  static Pager open(Streams streams, Optional<PluginCommands> command) {
    var program = streams.variable("PAGER");
    if (!streams.terminal() || program.isBlank() || command.filter(PAGED::contains).isEmpty()) {
      return withoutProgram(streams);
    }
    var builder = new ProcessBuilder("sh", "-c", program);
    builder.environment().putIfAbsent("LESS", "FRX");
    builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    try {
      var process = builder.start();
      var copy = new ByteArrayOutputStream();
      var out = new PrintStream(new Copied(process, copy), false, StandardCharsets.UTF_8);
      // After Ctrl-C, the program still reads from the terminal.
      Runtime.getRuntime().addShutdownHook(new Thread(() -> await(process)));
      return new Pager(
          new Streams(
              streams.in(), out, streams.err(), true, streams.environment(), streams.clock()),
          Optional.of(process),
          () -> {
            streams.out().writeBytes(copy.toByteArray());
            streams.out().flush();
          });
    } catch (IOException e) {
      return withoutProgram(streams);
    }
  }

  /** Returns those of the command. */
  Streams streams() {
    return streams;
  }

  /** Waits until the user has read the output. */
  @Override
  public void close() {
    process.ifPresent(
        program -> {
          streams.out().close();
          await(program);
          if (isMissing(program)) {
            printCopy.run();
          }
        });
  }

  /** Returns whether the shell found no program that it can start. */
  private static boolean isMissing(Process ended) {
    return !ended.isAlive() && (ended.exitValue() == 126 || ended.exitValue() == 127);
  }

  /** Sends the output to the program, and keeps a copy for the case that it does not exist. */
  private static final class Copied extends OutputStream {
    private final Process program;
    private final ByteArrayOutputStream copy;

    private Copied(Process program, ByteArrayOutputStream copy) {
      this.program = program;
      this.copy = copy;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      copy.write(bytes, from, length);
      send(() -> program.getOutputStream().write(bytes, from, length));
    }

    @Override
    public void flush() throws IOException {
      send(program.getOutputStream()::flush);
    }

    @Override
    public void close() throws IOException {
      send(program.getOutputStream()::close);
    }

    private void send(Sending sending) throws IOException {
      try {
        sending.run();
      } catch (IOException closedPipe) {
        await(program);
        if (!isMissing(program)) {
          throw closedPipe;
        }
      }
    }

    /** One write to the program. */
    @FunctionalInterface
    private interface Sending {
      void run() throws IOException;
    }
  }

  private static void await(Process program) {
    try {
      program.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
