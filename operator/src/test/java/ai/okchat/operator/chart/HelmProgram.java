package ai.okchat.operator.chart;

import ai.okchat.localcluster.HelmLookup;
import ai.okchat.localcluster.LocalCluster;
import ai.okchat.localcluster.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The {@code helm} that users run, on one cluster and one namespace. */
record HelmProgram(Path program, LocalCluster cluster, String namespace) {

  static HelmProgram on(LocalCluster cluster, String namespace) {
    return new HelmProgram(HelmLookup.find(Progress.onTerminal()), cluster, namespace);
  }

  /**
   * Runs Helm and returns its output.
   *
   * @throws IllegalStateException with the output of Helm, if it fails
   */
  String run(String... arguments) {
    var command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--namespace", namespace));
    command.addAll(List.of("--kubeconfig", cluster.kubeconfig().toString()));
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
