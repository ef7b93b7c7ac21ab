package ai.okchat.operator.chart;

import ai.okchat.localcluster.HelmLookup;
import ai.okchat.localcluster.LocalCluster;
import ai.okchat.localcluster.Progress;
import ai.okchat.operator.testing.ProgramRun;
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
    return ProgramRun.of(new ProcessBuilder(command)).outputOfSuccess();
  }
}
