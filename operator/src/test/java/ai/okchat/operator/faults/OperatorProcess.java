package ai.okchat.operator.faults;

import ai.okchat.operator.OperatorMain;
import ai.okchat.operator.testing.SharedCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The operator as a process of its own, which can be killed. */
final class OperatorProcess {

  private final Process process;

  private OperatorProcess(Process process) {
    this.process = process;
  }

  static OperatorProcess start(String namespace, String... moreFlags) {
    var command =
        Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            OperatorMain.class.getName(),
            "--watch-namespaces=" + namespace,
            "--operator-namespace=" + namespace,
            "--management-port=0",
            "--log-level=warn");
    var builder =
        new ProcessBuilder(Stream.concat(command, Arrays.stream(moreFlags)).toList())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("KUBECONFIG", SharedCluster.get().kubeconfig().toString());
    try {
      return new OperatorProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGTERM; returns when it has ended, which must not take longer than a pod is given. */
  void stop() {
    process.destroy();
    process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
  }

  /** SIGKILL; returns when it is dead. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  boolean isAlive() {
    return process.isAlive();
  }
}
