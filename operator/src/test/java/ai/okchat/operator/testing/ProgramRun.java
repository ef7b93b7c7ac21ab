package ai.okchat.operator.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A program that ran to its end.
 *
 * @param output of both streams
 */
public record ProgramRun(int exitCode, String output) {

  /** Runs a program, and waits for its end. */
  public static ProgramRun of(ProcessBuilder builder) {
    try {
      var process = builder.redirectErrorStream(true).start();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new ProgramRun(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Returns the output of a program that must not fail.
   *
   * @throws IllegalStateException with the output, if it failed
   */
  public String outputOfSuccess() {
    if (exitCode != 0) {
      throw new IllegalStateException(output);
    }
    return output;
  }
}
