package ai.okchat.localcluster;

import java.nio.file.Path;

/** Finds {@code operator-verify}, which validates bundles for the Operator Lifecycle Manager. */
public final class OperatorVerifyLookup {

  private OperatorVerifyLookup() {}

  /**
   * Returns the {@code operator-verify} on the PATH, else the one in the store. If neither exists,
   * builds it with Go, which takes two or three minutes.
   *
   * @throws LocalClusterException with the attempts and the necessary user action
   */
  public static Path find(Progress progress) {
    return BinaryLookup.tool(Program.OPERATOR_VERIFY, progress);
  }
}
