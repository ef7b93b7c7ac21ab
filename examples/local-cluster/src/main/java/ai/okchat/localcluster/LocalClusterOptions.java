package ai.okchat.localcluster;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The options of a local cluster.
 *
 * @param dataDirectory folder of all files of the cluster; null: a new temporary folder
 * @param keep keep the data when the cluster is closed, and continue with existing data
 * @param port of the API server; 0: any free port
 * @param extras optional parts
 * @param progress receives the progress lines for the user
 */
public record LocalClusterOptions(
    @Nullable Path dataDirectory, boolean keep, int port, Set<Extra> extras, Progress progress) {

  /** Optional parts of a cluster. */
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
      throw new IllegalArgumentException("keep requires a dataDirectory (--data) for the data");
    }
  }

  /** Returns the defaults: temporary folder, free port, no extras, progress on the terminal. */
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
