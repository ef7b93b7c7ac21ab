package ai.okchat.localcluster;

import java.nio.file.Path;

/** Finds {@code helm}, which installs charts. */
public final class HelmLookup {

  private HelmLookup() {}

  /**
   * Returns the {@code helm} on the PATH, else the one in the store. If neither exists, builds it
   * with Go, which takes one or two minutes.
   *
   * @throws LocalClusterException with the attempts and the necessary user action
   */
  public static Path find(Progress progress) {
    return BinaryLookup.tool(Program.HELM, progress);
  }
}
