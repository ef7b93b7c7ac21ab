package ai.okchat.localcluster;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a local cluster should be like.
 *
 * @param dataDirectory where everything of the cluster is kept; null: a new temporary folder
 * @param keep leave the data when the cluster is closed, and go on with what is there
 * @param port of the API server; 0: a free one
 * @param extras what most clusters do without
 * @param progress where the lines for a person go
 */
public record LocalClusterOptions(
    @Nullable Path dataDirectory, boolean keep, int port, Set<Extra> extras, Progress progress) {

  /** What most clusters do without. */
  public enum Extra {
    /** One line for each request in {@link LocalCluster#auditLog()}. */
    AUDIT_LOG,
    /** Garbage collection of owned objects, and deletion of namespaces. */
    CONTROLLER_MANAGER
  }

  public LocalClusterOptions {
    extras = Set.copyOf(extras);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port is " + port + ", but must be 0 (free) to 65535");
    }
    if (keep && dataDirectory == null) {
      throw new IllegalArgumentException(
          "keep needs a dataDirectory (--data), or nobody finds the data");
    }
  }

  /** A temporary folder, a free port, nothing extra, progress on the terminal. */
  public static LocalClusterOptions defaults() {
    return new LocalClusterOptions(null, false, 0, Set.of(), Progress.onTerminal());
  }

  public LocalClusterOptions withDataDirectory(Path directory) {
    return new LocalClusterOptions(directory, keep, port, extras, progress);
  }

  public LocalClusterOptions withKeep(boolean keepData) {
    return new LocalClusterOptions(dataDirectory, keepData, port, extras, progress);
  }

  public LocalClusterOptions withPort(int apiServerPort) {
    return new LocalClusterOptions(dataDirectory, keep, apiServerPort, extras, progress);
  }

  public LocalClusterOptions withAuditLog() {
    return with(Extra.AUDIT_LOG);
  }

  public LocalClusterOptions withControllerManager() {
    return with(Extra.CONTROLLER_MANAGER);
  }

  public LocalClusterOptions withProgress(Progress other) {
    return new LocalClusterOptions(dataDirectory, keep, port, extras, other);
  }

  private LocalClusterOptions with(Extra extra) {
    var more = EnumSet.of(extra);
    more.addAll(extras);
    return new LocalClusterOptions(dataDirectory, keep, port, more, progress);
  }
}
