package ai.okchat.localcluster;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The kube-apiserver of one cluster: may be stopped, and started again on the same port. */
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

  /** The command is that for a port. */
  ApiServer(IntFunction<ProcessBuilder> command, DataDirectory directory, String token) {
    this.command = command;
    this.directory = directory;
    this.token = token;
  }

  String url() {
    return ServerCommands.apiServerUrl(port);
  }

  /** On this port, or, for 0, on a free one. Returns when it is ready. */
  void startOn(int wanted, GuardedProcess etcd) {
    for (var attempt = 1; ; attempt++) {
      port = wanted == 0 ? FreePort.find() : wanted;
      connection = null;
      try {
        start(etcd);
        return;
      } catch (PortTakenException e) {
        // Somebody was quicker: with a free port, take another one.
        if (wanted != 0 || attempt == PORT_ATTEMPTS) {
          throw new LocalClusterException("port " + port + " is in use by another program", e);
        }
      }
    }
  }

  /** On the port of the last time. Returns when it answers and namespace default is there. */
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
   * At once. Asked politely it goes on with open watches for half a minute. Nothing is lost: what
   * it has acknowledged is in etcd.
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

  /** The body of a GET as the administrator. */
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

  /** Not for users: the caller takes another port or says which one it was. */
  private static final class PortTakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PortTakenException(String log) {
      super(log);
    }
  }
}
