package ai.okchat.localcluster;

import java.nio.file.Path;
import java.util.Set;

/** A source of programs that this machine does not have yet. */
interface BinarySource {

  /** Returns the name for error messages, such as {@code download}. */
  String title();

  /**
   * Puts the programs into an existing empty folder.
   *
   * @return the Kubernetes version of these programs, such as {@code 1.35.4}
   * @throws Unavailable if this source does not work on this machine; the next one may work
   */
  String fill(Path staging, Set<Program> programs) throws Unavailable;

  /** The source does not work on this machine. The message is for users. */
  final class Unavailable extends Exception {

    private static final long serialVersionUID = 1L;

    Unavailable(String reason) {
      super(reason);
    }
  }
}
