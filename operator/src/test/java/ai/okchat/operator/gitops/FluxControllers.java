package ai.okchat.operator.gitops;

import ai.okchat.localcluster.FreePort;
import ai.okchat.localcluster.GitOpsLookup;
import ai.okchat.localcluster.GuardedProcess;
import ai.okchat.localcluster.Progress;
import ai.okchat.operator.testing.SharedCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Flux's source-controller and kustomize-controller, which serve the whole shared cluster. */
final class FluxControllers implements AutoCloseable {

  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final List<GuardedProcess> processes;

  private FluxControllers(List<GuardedProcess> processes) {
    this.processes = processes;
  }

  /** Starts both; the folder gets the artifacts and the logs. Builds them first if necessary. */
  static FluxControllers start(Path folder) {
    var sources = GitOpsLookup.findSourceController(Progress.onTerminal());
    var kustomizations = GitOpsLookup.findKustomizeController(Progress.onTerminal());
    SharedCluster.installCrds(sources.crds());
    SharedCluster.installCrds(kustomizations.crds());
    var artifacts = "127.0.0.1:" + FreePort.find();
    return new FluxControllers(
        List.of(
            start(
                folder,
                sources.file(),
                "--storage-path=" + folder,
                "--storage-addr=" + artifacts,
                "--storage-adv-addr=" + artifacts),
            start(folder, kustomizations.file(), "--requeue-dependency=2s")));
  }

  private static GuardedProcess start(Path folder, Path program, String... flags) {
    var name = program.getFileName().toString();
    var command = new ArrayList<>(List.of(program.toString(), "--metrics-addr=0"));
    var health = FreePort.find();
    command.add("--health-addr=127.0.0.1:" + health);
    command.addAll(List.of(flags));
    var builder = new ProcessBuilder(command);
    builder.environment().put("KUBECONFIG", SharedCluster.get().kubeconfig().toString());
    builder.environment().put("RUNTIME_NAMESPACE", "flux-system");
    var process = GuardedProcess.start(name, builder, folder.resolve(name + ".log"));
    process.awaitPort(health, PATIENCE);
    return process;
  }

  @Override
  public void close() {
    processes.forEach(process -> process.stop(GRACE));
  }
}
