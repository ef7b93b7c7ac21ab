package ai.okchat.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.localcluster.FreePort;
import ai.okchat.localcluster.GitOpsLookup;
import ai.okchat.localcluster.GitOpsLookup.GitOpsProgram;
import ai.okchat.localcluster.GuardedProcess;
import ai.okchat.localcluster.Progress;
import ai.okchat.operator.testing.ProgramRun;
import ai.okchat.operator.testing.SharedCluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Argo CD's application controller and repo server, with their Redis, on the shared cluster. */
final class ArgoCdComponents implements AutoCloseable {

  static final String NAMESPACE = "argocd";

  private static final Path SETTINGS = Path.of("../examples/gitops/argocd/argocd-cm.yaml");
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** The objects of an installation that the components read, besides argocd-cm. */
  private static final String INSTALLATION =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: argocd}
      ---
      apiVersion: v1
      kind: Secret
      metadata:
        name: argocd-secret
        namespace: argocd
        labels: {app.kubernetes.io/name: argocd-secret, app.kubernetes.io/part-of: argocd}
      stringData: {server.secretkey: any}
      ---
      apiVersion: argoproj.io/v1alpha1
      kind: AppProject
      metadata: {name: default, namespace: argocd}
      spec:
        sourceRepos: ["*"]
        destinations: [{server: "*", namespace: "*"}]
        clusterResourceWhitelist: [{group: "*", kind: "*"}]
      """;

  /**
   * A setting of the manifests of Argo CD: it refreshes an application for a new status only if
   * that changes the health of the object.
   */
  private static final Map<String, String> DEFAULT_SETTINGS =
      Map.of("resource.customizations.ignoreResourceUpdates.all", "jsonPointers:\n- /status\n");

  private final GitOpsProgram argoCd;
  private final Path folder;
  private final List<GuardedProcess> processes = new ArrayList<>();

  private ArgoCdComponents(GitOpsProgram argoCd, Path folder) {
    this.argoCd = argoCd;
    this.folder = folder;
  }

  /** Starts all; the folder gets their files and logs. Builds Argo CD first if necessary. */
  static ArgoCdComponents start(Path folder) throws IOException {
    // First, because the build takes minutes.
    var redisServer = GitOpsLookup.findRedisServer();
    var components = new ArgoCdComponents(GitOpsLookup.findArgoCd(Progress.onTerminal()), folder);
    components.install();
    var redis = FreePort.find();
    var repositories = FreePort.find();
    components.run(
        "redis",
        redis,
        List.of(
            redisServer.toString(),
            "--bind",
            "127.0.0.1",
            "--port",
            Integer.toString(redis),
            "--save",
            "",
            "--dir",
            folder.toString()));
    components.run(
        "argocd-repo-server",
        repositories,
        List.of(
            components.argoCd.file().toString(),
            "--address=127.0.0.1",
            "--port=" + repositories,
            "--metrics-address=127.0.0.1",
            "--metrics-port=" + FreePort.find(),
            "--disable-tls",
            "--client-ca-path=",
            "--redis=127.0.0.1:" + redis));
    var metrics = FreePort.find();
    components.run(
        "argocd-application-controller",
        metrics,
        List.of(
            components.argoCd.file().toString(),
            "--namespace=" + NAMESPACE,
            "--metrics-port=" + metrics,
            "--repo-server=127.0.0.1:" + repositories,
            "--repo-server-plaintext",
            "--redis=127.0.0.1:" + redis,
            "--app-resync=5",
            "--app-resync-jitter=0",
            "--persist-resource-health"));
    return components;
  }

  /** Runs the CLI with the settings of the example, and returns its output. */
  String admin(String... arguments) {
    var command = new ArrayList<>(List.of(argoCd.file().toString(), "admin", "settings"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--argocd-cm-path", SETTINGS.toString()));
    var builder = new ProcessBuilder(command);
    builder.environment().putAll(environment("argocd"));
    return ProgramRun.of(builder).outputOfSuccess();
  }

  @Override
  public void close() {
    processes.reversed().forEach(process -> process.stop(GRACE));
  }

  private void install() throws IOException {
    SharedCluster.installCrds(argoCd.crds());
    try (var kubernetes = SharedCluster.client("argocd-test")) {
      for (var text : List.of(INSTALLATION, Files.readString(SETTINGS))) {
        for (var object :
            kubernetes
                .load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .items()) {
          if (object instanceof ConfigMap settings) {
            settings.getMetadata().setNamespace(NAMESPACE);
            settings.getData().putAll(DEFAULT_SETTINGS);
          }
          kubernetes.resource(object).forceConflicts().serverSideApply();
        }
      }
    }
    writePrograms();
  }

  /** Writes the programs that the image of Argo CD has: the repo server runs them. */
  private void writePrograms() throws IOException {
    writeProgram(
        "kustomize",
        """
        #!/bin/sh
        [ "$1" = build ] || exit 1
        shift
        exec '%s' kustomize "$@"
        """
            .formatted(SharedCluster.get().kubectl()));
    // It runs for each commit, also with GPG disabled. The commits of the tests have no signature.
    writeProgram("git-verify-wrapper.sh", "#!/bin/sh\n");
  }

  private void writeProgram(String name, String script) throws IOException {
    var file = folder.resolve(name);
    Files.writeString(file, script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /** Starts a program, and waits until it listens on the port. */
  private void run(String name, int port, List<String> command) {
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment(name));
    var process = GuardedProcess.start(name, builder, folder.resolve(name + ".log"));
    processes.add(process);
    process.awaitPort(port, PATIENCE);
  }

  private Map<String, String> environment(String name) {
    return Map.of(
        "ARGOCD_BINARY_NAME",
        name,
        "ARGOCD_FAKE_IN_CLUSTER",
        "true",
        "ARGOCD_GPG_ENABLED",
        "false",
        "KUBECONFIG",
        SharedCluster.get().kubeconfig().toString(),
        "HOME",
        folder.toString(),
        "TMPDIR",
        folder.toString(),
        "PATH",
        folder + File.pathSeparator + System.getenv("PATH"));
  }
}
