package ai.okchat.localcluster;

import java.nio.file.Path;

/** Finds {@code crane}, which pushes images and serves a registry. */
public final class CraneLookup {

  private CraneLookup() {}

  /**
   * Returns the {@code crane} on the PATH, else the one in the store. If neither exists, builds it
   * with Go, which takes a minute.
   *
   * @throws LocalClusterException with the attempts and the necessary user action
   */
  public static Path find(Progress progress) {
    return BinaryLookup.tool(Program.CRANE, progress);
  }
}
