package ai.okchat.cli;

import java.io.IOException;
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

  private Pager(Streams streams, Optional<Process> process) {
    this.streams = streams;
    this.process = process;
  }

  /** Starts the program, or returns one without a program. */
  static Pager open(Streams streams, Optional<PluginCommands> command) {
    var program = streams.variable("PAGER");
    if (!streams.terminal() || program.isBlank() || command.filter(PAGED::contains).isEmpty()) {
      return new Pager(streams, Optional.empty());
    }
    var builder = new ProcessBuilder("sh", "-c", program);
    builder.environment().putIfAbsent("LESS", "FRX");
    builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    try {
      var process = builder.start();
      var out = new PrintStream(process.getOutputStream(), false, StandardCharsets.UTF_8);
      // After Ctrl-C, the program still reads from the terminal.
      Runtime.getRuntime().addShutdownHook(new Thread(() -> await(process)));
      return new Pager(
          new Streams(
              streams.in(), out, streams.err(), true, streams.environment(), streams.clock()),
          Optional.of(process));
    } catch (IOException e) {
      return new Pager(streams, Optional.empty());
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
        });
  }

  private static void await(Process program) {
    try {
      program.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
