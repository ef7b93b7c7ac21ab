package ai.okchat.localcluster;

import java.nio.file.Path;
import java.util.Set;

/** A way to get programs that this machine does not have yet. */
interface BinarySource {

  /** For an error message, such as {@code download}. */
  String title();

  /**
   * Puts the programs into an existing empty folder.
   *
   * @return the Kubernetes version of what was put there, such as {@code 1.35.4}
   * @throws Unavailable if this way is closed here; the next one may be open
   */
  String fill(Path staging, Set<Program> programs) throws Unavailable;

  /** Why a way is closed, in words for a person. */
  final class Unavailable extends Exception {

    private static final long serialVersionUID = 1L;

    Unavailable(String reason) {
      super(reason);
    }
  }
}
