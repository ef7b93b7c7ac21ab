package ai.okchat.localcluster;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The kube-apiserver of one cluster: may be stopped, and started again on the same port. */
final class ApiServer {

  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
  private static final Duration POLL = Duration.ofMillis(100);

  private final ProcessBuilder command;
  private final DataDirectory directory;
  private final String url;
  private final String token;
  private volatile @Nullable GuardedProcess process;

  ApiServer(ProcessBuilder command, DataDirectory directory, String url, String token) {
    this.command = command;
    this.directory = directory;
    this.url = url;
    this.token = token;
  }

  String url() {
    return url;
  }

  /** Returns when it answers and the namespace {@code default} is there. */
  void start(GuardedProcess etcd) {
    var started = GuardedProcess.start("kube-apiserver", command, directory.log("kube-apiserver"));
    process = started;
    var deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!isReady()) {
      if (!etcd.isAlive()) {
        throw new LocalClusterException("etcd ended by itself. Its log:\n" + etcd.logTail());
      }
      if (!started.isAlive()) {
        throw new LocalClusterException(
            "kube-apiserver ended by itself. Its log:\n" + started.logTail());
      }
      if (System.nanoTime() > deadline) {
        throw new LocalClusterException(
            "kube-apiserver is not ready after %s. Its log:%n%s"
                .formatted(Heartbeat.text(START_LIMIT), started.logTail()));
      }
      pause();
    }
  }

  /** Ends connections that are open. */
  void stop() {
    var running = process;
    if (running != null) {
      running.stop(STOP_LIMIT);
      process = null;
    }
  }

  /** Without a farewell. */
  void kill() {
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
    return ApiServerConnection.open(url, token, directory.servingCertificate()).get(path);
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
}
