package ai.okchat.localcluster;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program: starts a cluster and runs it until SIGTERM or Ctrl-C. */
@Command(
    name = "okchat-local-cluster",
    mixinStandardHelpOptions = true,
    version = "okchat-local-cluster with Kubernetes " + BinaryStore.KUBERNETES_VERSION,
    sortOptions = false,
    description = {
      "Runs a real etcd and kube-apiserver on this machine until SIGTERM or Ctrl-C.",
      "The programs come from KUBEBUILDER_ASSETS, from ~/.kubeapitest, from a download, or from a"
          + " build with Go, in this order; the last two only once on a machine."
    })
public final class LocalClusterMain implements Callable<Integer> {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "folder for the files of the cluster; must be new or empty without --keep"
              + " (default: a temporary folder)")
  private @Nullable Path data;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "also write the kubeconfig to this file, with mode 600; removed at the end")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--keep",
      description = "keep the files in --data at the end, and continue with them at the next start")
  private boolean keep;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "port of the API server on 127.0.0.1 (default: any free port)")
  private int port;

  @Option(names = "--audit-log", description = "write each request to DIR/logs/audit.log")
  private boolean auditLog;

  @Option(
      names = "--controller-manager",
      description = "also run garbage collection and namespace deletion")
  private boolean controllerManager;

  private LocalClusterMain() {}

  /** Exits with 0, with 1 if the cluster failed, or with 2 for wrong arguments. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new LocalClusterMain())
            .setExecutionExceptionHandler(LocalClusterMain::explain)
            .execute(args));
  }

  @Override
  public Integer call() {
    var options = new LocalClusterOptions(data, keep, port, extras(), Progress.onTerminal());
    try (var cluster = LocalCluster.start(options);
        var copy = KubeconfigCopy.of(cluster, kubeconfig)) {
      System.out.println("kubeconfig: " + copy.file());
      System.out.println("kubectl: " + cluster.kubectl());
      System.out.println("data: " + cluster.dataDirectory());
      System.out.println("listening on " + cluster.url());
      cluster.etcdEnd().join();
      if (cluster.isClosed()) {
        return 0;
      }
      System.err.println("etcd ended by itself; see " + cluster.dataDirectory().resolve("logs"));
      return 1;
    }
  }

  /** Installs the programs if they are missing, and prints their folder. */
  @Command(
      name = "binaries",
      mixinStandardHelpOptions = true,
      description = "Only installs the programs if they are missing, and prints their folder.")
  int binaries(
      @Option(names = "--controller-manager", description = "also kube-controller-manager")
          boolean withControllerManager) {
    var extra =
        withControllerManager
            ? EnumSet.of(Program.KUBE_CONTROLLER_MANAGER)
            : EnumSet.noneOf(Program.class);
    var found = BinaryLookup.ofThisMachine(Progress.onTerminal()).find(extra);
    System.out.println(found.directory());
    return 0;
  }

  /** Finds or builds helm, and prints its file. */
  @Command(
      name = "helm",
      mixinStandardHelpOptions = true,
      description = "Only finds helm on the PATH or builds it, and prints its file.")
  int helm() {
    System.out.println(HelmLookup.find(Progress.onTerminal()));
    return 0;
  }

  /** Finds or builds crane, and prints its file. */
  @Command(
      name = "crane",
      mixinStandardHelpOptions = true,
      description = "Only finds crane on the PATH or builds it, and prints its file.")
  int crane() {
    System.out.println(CraneLookup.find(Progress.onTerminal()));
    return 0;
  }

  private EnumSet<LocalClusterOptions.Extra> extras() {
    var extras = EnumSet.noneOf(LocalClusterOptions.Extra.class);
    if (auditLog) {
      extras.add(LocalClusterOptions.Extra.AUDIT_LOG);
    }
    if (controllerManager) {
      extras.add(LocalClusterOptions.Extra.CONTROLLER_MANAGER);
    }
    return extras;
  }

  private static int explain(
      Exception exception, CommandLine command, CommandLine.ParseResult ignored) {
    command.getErr().println("error: " + exception.getMessage());
    return 1;
  }
}
