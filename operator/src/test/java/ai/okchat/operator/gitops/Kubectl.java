package ai.okchat.operator.gitops;

import ai.okchat.operator.testing.SharedCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The real kubectl, as an administrator of the shared cluster. */
public final class Kubectl {

  private Kubectl() {}

  /**
   * Result of a call.
   *
   * @param output of both streams
   */
  public record Result(int exitCode, String output) {}

  public static Result run(String... arguments) {
    var command = new ArrayList<>(List.of(SharedCluster.get().kubectl().toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("KUBECONFIG", SharedCluster.get().kubeconfig().toString());
    try {
      var process = builder.start();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
