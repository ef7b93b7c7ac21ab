package ai.okchat.localcluster;

import ai.okchat.localcluster.LocalClusterOptions.Extra;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A real etcd and kube-apiserver on this machine, with RBAC and without nodes. Several can run at
 * the same time. They end with {@link #close()}, and with this JVM in any case.
 *
 * <p>Controllers are an option. Without them, owned objects are not collected, and deleted
 * namespaces stay {@code Terminating}. Pods never run.
 */
public final class LocalCluster implements AutoCloseable {

  private static final Duration ETCD_STOP_LIMIT = Duration.ofSeconds(3);

  private final Binaries binaries;
  private final DataDirectory directory;
  private final ApiServer apiServer;
  private final GuardedProcess etcd;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread closeAtExit = new Thread(this::shutDown, "local-cluster-close");
  private volatile @Nullable GuardedProcess controllerManager;

  private LocalCluster(
      Binaries binaries, DataDirectory directory, GuardedProcess etcd, ApiServer apiServer) {
    this.binaries = binaries;
    this.directory = directory;
    this.etcd = etcd;
    this.apiServer = apiServer;
  }

  /**
   * Starts a cluster and returns when the API server is ready: after about three seconds, or after
   * minutes if its programs are not on this machine yet.
   *
   * @throws LocalClusterException with the attempts and the necessary user action
   */
  public static LocalCluster start(LocalClusterOptions options) {
    var binaries = BinaryLookup.ofThisMachine(options.progress()).find(programs(options));
    var directory = DataDirectory.open(options.dataDirectory(), options.keep());
    var credentials = Credentials.of(directory);
    DataDirectory.writePrivate(directory.auditPolicy(), ServerCommands.AUDIT_POLICY);
    var etcd =
        GuardedProcess.start(
            "etcd", in(directory, ServerCommands.etcd(binaries, directory)), directory.log("etcd"));
    var cluster =
        new LocalCluster(
            binaries, directory, etcd, apiServer(options, binaries, directory, credentials));
    Runtime.getRuntime().addShutdownHook(cluster.closeAtExit);
    cluster.startServers(options, credentials);
    return cluster;
  }

  private static EnumSet<Program> programs(LocalClusterOptions options) {
    return options.extras().contains(Extra.CONTROLLER_MANAGER)
        ? EnumSet.of(Program.KUBE_CONTROLLER_MANAGER)
        : EnumSet.noneOf(Program.class);
  }

  private static ApiServer apiServer(
      LocalClusterOptions options,
      Binaries binaries,
      DataDirectory directory,
      Credentials credentials) {
    var auditLog = options.extras().contains(Extra.AUDIT_LOG);
    return new ApiServer(
        port -> in(directory, ServerCommands.apiServer(binaries, directory, port, auditLog)),
        directory,
        credentials.token());
  }

  private static ProcessBuilder in(DataDirectory directory, List<String> command) {
    return new ProcessBuilder(command).directory(directory.root().toFile());
  }

  private void startServers(LocalClusterOptions options, Credentials credentials) {
    try {
      apiServer.startOn(options.port(), etcd);
      var certificates = Files.readAllBytes(directory.servingCertificate());
      DataDirectory.writePrivate(
          directory.kubeconfig(),
          Kubeconfig.yaml(apiServer.url(), certificates, credentials.token()));
      if (options.extras().contains(Extra.CONTROLLER_MANAGER)) {
        controllerManager =
            GuardedProcess.start(
                "kube-controller-manager",
                in(directory, ServerCommands.controllerManager(binaries, directory)),
                directory.log("kube-controller-manager"));
      }
    } catch (IOException e) {
      close();
      throw new LocalClusterException("cannot start the cluster in " + directory.root(), e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Returns a file with mode 600, in the data directory. Its user has all permissions, including
   * impersonation.
   */
  public Path kubeconfig() {
    return directory.kubeconfig();
  }

  /** Returns the text of {@link #kubeconfig()}. */
  public String kubeconfigYaml() {
    try {
      return Files.readString(directory.kubeconfig());
    } catch (IOException e) {
      throw new LocalClusterException("cannot read " + directory.kubeconfig(), e);
    }
  }

  /** Returns the program kubectl, with the version of the API server. */
  public Path kubectl() {
    return binaries.file(Program.KUBECTL);
  }

  /** Returns a URL such as {@code https://127.0.0.1:23456}. */
  public String url() {
    return apiServer.url();
  }

  /** Returns the folder of the data, the kubeconfig and {@code logs}. */
  public Path dataDirectory() {
    return directory.root();
  }

  /** Returns the audit log; empty without {@link LocalClusterOptions#withAuditLog()}. */
  public AuditLog auditLog() {
    return new AuditLog(directory.log("audit"));
  }

  /** Returns the metrics of the API server, in the text format of Prometheus. */
  public String metrics() {
    try {
      return apiServer.get("/metrics");
    } catch (IOException e) {
      throw new LocalClusterException("cannot read the metrics of " + url(), e);
    }
  }

  /**
   * Returns the number of creates, updates, patches and deletes of objects of one API group, by all
   * clients, since the API server started.
   */
  public long writes(String group) {
    return Pattern.compile(
            "apiserver_request_total\\{(?=[^}]*group=\""
                + Pattern.quote(group)
                + "\")"
                + "(?=[^}]*verb=\"(?:POST|PUT|PATCH|APPLY|DELETE|DELETECOLLECTION)\")[^}]*} (\\S+)")
        .matcher(metrics())
        .results()
        .mapToLong(match -> (long) Double.parseDouble(match.group(1)))
        .sum();
  }

  /** Starts an outage: closes all connections and accepts no new ones. The data stays. */
  public void stopApiServer() {
    apiServer.stop();
  }

  /** Ends the outage, with the same port, certificate and data. Returns when it is ready. */
  public void startApiServer() {
    if (closed.get()) {
      throw new IllegalStateException("the cluster is closed");
    }
    if (!apiServer.isAlive()) {
      apiServer.start(etcd);
    }
  }

  /** Completes when etcd ends, which it does by itself only if something is wrong. */
  CompletableFuture<Void> etcdEnd() {
    return etcd.onExit().thenAccept(process -> {});
  }

  boolean isClosed() {
    return closed.get();
  }

  /** Ends all processes within seconds, and removes the data unless it is kept. */
  @Override
  public void close() {
    shutDown();
    try {
      Runtime.getRuntime().removeShutdownHook(closeAtExit);
    } catch (IllegalStateException exitingAlready) {
      // The hook runs and has nothing to do.
    }
  }

  private void shutDown() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    var controllers = controllerManager;
    if (controllers != null) {
      controllers.close();
    }
    apiServer.stop();
    if (directory.keep()) {
      etcd.stop(ETCD_STOP_LIMIT);
    } else {
      etcd.close();
    }
    directory.close();
  }

  /** Returns the names of the servers whose processes run. */
  List<String> running() {
    var names = new ArrayList<String>();
    if (etcd.isAlive()) {
      names.add("etcd");
    }
    if (apiServer.isAlive()) {
      names.add("kube-apiserver");
    }
    var controllers = controllerManager;
    if (controllers != null && controllers.isAlive()) {
      names.add("kube-controller-manager");
    }
    return List.copyOf(names);
  }
}
