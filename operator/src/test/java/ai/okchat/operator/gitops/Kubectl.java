package ai.okchat.operator.gitops;

import ai.okchat.operator.testing.ProgramRun;
import ai.okchat.operator.testing.SharedCluster;
import java.util.ArrayList;
import java.util.List;

/** The real kubectl, as an administrator of the shared cluster. */
public final class Kubectl {

  private Kubectl() {}

  public static ProgramRun run(String... arguments) {
    var command = new ArrayList<>(List.of(SharedCluster.get().kubectl().toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    builder.environment().put("KUBECONFIG", SharedCluster.get().kubeconfig().toString());
    return ProgramRun.of(builder);
  }
}
