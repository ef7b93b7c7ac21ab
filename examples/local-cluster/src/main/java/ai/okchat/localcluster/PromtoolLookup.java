package ai.okchat.localcluster;

import java.nio.file.Path;

/** Finds {@code promtool}, which evaluates alerts like Prometheus. */
public final class PromtoolLookup {

  private PromtoolLookup() {}

  /**
   * Returns the {@code promtool} on the PATH, else the one in the store. If neither exists, builds
   * it with Go, which takes two or three minutes.
   *
   * @throws LocalClusterException with the attempts and the necessary user action
   */
  public static Path find(Progress progress) {
    return BinaryLookup.tool(Program.PROMTOOL, progress);
  }
}
