package ai.okchat.localcluster;

import java.nio.file.Path;
import java.util.EnumSet;

/** Finds the program that evaluates alerts as Prometheus does. */
public final class PromtoolLookup {

  private PromtoolLookup() {}

  /**
   * The {@code promtool} on the PATH, else the one in the store; it is built into it with Go where
   * there is none, which takes two or three minutes.
   *
   * @throws LocalClusterException with what was tried and what to do
   */
  public static Path find(Progress progress) {
    return SearchPath.of(System.getenv()).find("promtool").orElseGet(() -> inStore(progress));
  }

  private static Path inStore(Progress progress) {
    return BinaryLookup.ofThisMachine(progress)
        .find(EnumSet.of(Program.PROMTOOL))
        .file(Program.PROMTOOL);
  }
}
