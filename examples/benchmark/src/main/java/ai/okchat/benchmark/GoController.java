package ai.okchat.benchmark;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs the hand-written Go controller as a process, with an account of its own. */
final class GoController implements AutoCloseable {

  /** The line that controller-runtime logs when its cache has all objects. */
  private static final String READY = "Starting workers";

  private final Program program;

  private GoController(Program program) {
    this.program = program;
  }

  static GoController start(Path file, TestBed bed, String namespace) {
    var command =
        List.of(
            file.toString(), "--namespace=" + namespace, "--backend-url=" + bed.backend().url());
    var environment =
        Map.of("KUBECONFIG", bed.kubeconfig().toString(), "OKCHAT_API_KEY", Backend.GO_KEY);
    return new GoController(Program.start(command, environment, bed.log("go-" + namespace)));
  }

  void awaitReadiness() {
    Wait.until("the Go controller", () -> program.output().contains(READY));
  }

  @Override
  public void close() {
    program.close();
  }
}
