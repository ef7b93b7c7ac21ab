package ai.okchat.localcluster;

import java.nio.file.Path;
import java.util.EnumSet;

/** Finds the program that installs charts. */
public final class HelmLookup {

  private HelmLookup() {}

  /**
   * The {@code helm} on the PATH, else the one in the store; it is built into it with Go where
   * there is none, which takes a minute or two.
   *
   * @throws LocalClusterException with what was tried and what to do
   */
  public static Path find(Progress progress) {
    return SearchPath.of(System.getenv()).find("helm").orElseGet(() -> inStore(progress));
  }

  private static Path inStore(Progress progress) {
    return BinaryLookup.ofThisMachine(progress).find(EnumSet.of(Program.HELM)).file(Program.HELM);
  }
}
