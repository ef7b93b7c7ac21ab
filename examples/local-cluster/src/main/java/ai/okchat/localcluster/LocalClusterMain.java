package ai.okchat.localcluster;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program: starts a cluster and keeps it until it is told to end. */
@Command(
    name = "okchat-local-cluster",
    mixinStandardHelpOptions = true,
    version = "okchat-local-cluster with Kubernetes " + BinaryStore.KUBERNETES_VERSION,
    sortOptions = false,
    description = {
      "Runs a real etcd and kube-apiserver on this machine until SIGTERM or Ctrl-C.",
      "The programs are taken from KUBEBUILDER_ASSETS, from ~/.kubeapitest, from a download, or"
          + " are built with Go, in this order; the last two only once on a machine."
    })
public final class LocalClusterMain implements Callable<Integer> {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "where the cluster's files are; must be new or empty unless --keep is given"
              + " (default: a temporary folder)")
  private @Nullable Path data;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "write the kubeconfig here too, with mode 600; removed at the end")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--keep",
      description = "leave the files in --data at the end, and go on with them")
  private boolean keep;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "of the API server, on 127.0.0.1 (default: a free one)")
  private int port;

  @Option(names = "--audit-log", description = "one line for each request in DIR/logs/audit.log")
  private boolean auditLog;

  @Option(
      names = "--controller-manager",
      description = "garbage collection and namespace deletion too")
  private boolean controllerManager;

  private LocalClusterMain() {}

  /** Exit code 0, 1 for a cluster that could not be had or broke, 2 for wrong arguments. */
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

  /** Makes sure that the programs are there, and prints their folder. */
  @Command(
      name = "binaries",
      mixinStandardHelpOptions = true,
      description = "Only makes sure that the programs are there, and prints their folder.")
  int binaries(
      @Option(names = "--controller-manager", description = "kube-controller-manager too")
          boolean withControllerManager) {
    var extra =
        withControllerManager
            ? EnumSet.of(Program.KUBE_CONTROLLER_MANAGER)
            : EnumSet.noneOf(Program.class);
    var found = BinaryLookup.ofThisMachine(Progress.onTerminal()).find(extra);
    System.out.println(found.directory());
    return 0;
  }

  /** Makes sure that there is a helm, and prints its file. */
  @Command(
      name = "helm",
      mixinStandardHelpOptions = true,
      description = "Only makes sure that there is a helm, on the PATH or built, and prints it.")
  int helm() {
    System.out.println(HelmLookup.find(Progress.onTerminal()));
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
