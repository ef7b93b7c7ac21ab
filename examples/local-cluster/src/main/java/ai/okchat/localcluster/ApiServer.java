package ai.okchat.localcluster;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Runs the kube-apiserver of one cluster. It can be stopped, and started again on its port. */
final class ApiServer {

  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(100);

  private static final int PORT_ATTEMPTS = 5;

  private final IntFunction<ProcessBuilder> command;
  private final DataDirectory directory;
  private final String token;
  private volatile int port;
  private volatile @Nullable ApiServerConnection connection;
  private volatile @Nullable GuardedProcess process;

  /**
   * Creates a server that does not run yet.
   *
   * @param command returns the command for a port
   */
  ApiServer(IntFunction<ProcessBuilder> command, DataDirectory directory, String token) {
    this.command = command;
    this.directory = directory;
    this.token = token;
  }

  String url() {
    return ServerCommands.apiServerUrl(port);
  }

  /**
   * Starts the server and returns when it is ready.
   *
   * @param requestedPort 0: any free port
   */
  void startOn(int requestedPort, GuardedProcess etcd) {
    for (var attempt = 1; ; attempt++) {
      port = requestedPort == 0 ? FreePort.find() : requestedPort;
      connection = null;
      try {
        start(etcd);
        return;
      } catch (PortTakenException e) {
        // Another program took the port: with any free port, try another one.
        if (requestedPort != 0 || attempt == PORT_ATTEMPTS) {
          throw new LocalClusterException("port " + port + " is in use by another program", e);
        }
      }
    }
  }

  /** Starts on the previous port. Returns when it responds and the namespace default exists. */
  void start(GuardedProcess etcd) {
    var log = directory.log("kube-apiserver");
    var started = GuardedProcess.start("kube-apiserver", command.apply(port), log);
    process = started;
    var deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!isReady()) {
      failIfEnded(etcd);
      failIfEnded(started);
      if (System.nanoTime() > deadline) {
        throw new LocalClusterException(
            "kube-apiserver is not ready after %s. Its log:%n%s"
                .formatted(Heartbeat.text(START_LIMIT), started.logTail()));
      }
      pause();
    }
  }

  private static void failIfEnded(GuardedProcess server) {
    if (server.isAlive()) {
      return;
    }
    var tail = server.logTail();
    if (tail.contains("bind: address already in use")) {
      throw new PortTakenException(tail);
    }
    throw new LocalClusterException(server.name() + " ended by itself. Its log:\n" + tail);
  }

  /**
   * Kills the server at once, since a graceful stop continues open watches for half a minute. No
   * data is lost: etcd has all acknowledged writes.
   */
  void stop() {
    var running = process;
    if (running != null) {
      running.close();
      process = null;
    }
  }

  boolean isAlive() {
    var running = process;
    return running != null && running.isAlive();
  }

  /** Returns the body of a GET as the administrator. */
  String get(String path) throws IOException {
    var open = connection;
    if (open == null) {
      open = ApiServerConnection.open(url(), token, directory.servingCertificate());
      connection = open;
    }
    return open.get(path);
  }

  private boolean isReady() {
    if (!Files.exists(directory.servingCertificate())) {
      return false;
    }
    try {
      get("/readyz");
      get("/api/v1/namespaces/default");
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalClusterException("interrupted while kube-apiserver was starting", e);
    }
  }

  /** Internal: the caller uses another port, or reports this one. */
  private static final class PortTakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PortTakenException(String log) {
      super(log);
    }
  }
}
