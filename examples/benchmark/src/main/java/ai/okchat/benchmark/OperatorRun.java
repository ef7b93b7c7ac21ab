package ai.okchat.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;

/** The operator as a process of its own, as the image starts it. */
final class OperatorRun implements AutoCloseable {

  private static final Pattern LOOKED_AT =
      Pattern.compile("operator_sdk_reconciliations_started_total\\{[^}]*} (\\S+)");
  private static final Http.Header NONE = new Http.Header("accept", "text/plain");

  private final Program program;
  private final Http management;

  private OperatorRun(Program program, Http management) {
    this.program = program;
    this.management = management;
  }

  /** How it is started, each time the same. */
  record Command(Path jar, List<String> javaOptions, TestBed bed) {

    OperatorRun start(String namespace, List<String> moreJavaOptions) {
      var port = freePort();
      var command = new ArrayList<>(List.of(TestBed.java()));
      command.addAll(javaOptions);
      command.addAll(moreJavaOptions);
      command.addAll(List.of("-jar", jar.toString()));
      command.addAll(
          List.of(
              "--watch-namespaces=" + namespace,
              "--operator-namespace=" + namespace,
              "--management-port=" + port));
      var environment = Map.of("KUBECONFIG", bed.kubeconfig().toString());
      var program = Program.start(command, environment, bed.log("operator"));
      return new OperatorRun(
          program, new Http(new OkHttpClient(), "http://127.0.0.1:" + port, NONE));
    }
  }

  /** The options of the image, with the class cache where it is built. */
  static List<String> usualOptions(Path jar) {
    var options = new ArrayList<>(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    var cache = Path.of(jar.toString().replaceFirst("\\.jar$", ".aot"));
    if (Files.exists(cache)) {
      options.add("-XX:AOTCache=" + cache);
    }
    return List.copyOf(options);
  }

  void awaitReadiness() {
    Wait.until(
        "the operator",
        () -> {
          var _ = program.output();
          try {
            return !management.get("/readyz").isEmpty();
          } catch (UncheckedIOException | IllegalStateException notYet) {
            return false;
          }
        });
  }

  /** Passes over objects that were begun since the start. */
  long passes() {
    try {
      return LOOKED_AT
          .matcher(management.get("/metrics"))
          .results()
          .mapToLong(it -> (long) Double.parseDouble(it.group(1)))
          .sum();
    } catch (UncheckedIOException | IllegalStateException notYet) {
      return 0;
    }
  }

  Duration cpu() {
    return program.cpu();
  }

  long mebibytes() {
    return program.mebibytes();
  }

  Program program() {
    return program;
  }

  @Override
  public void close() {
    program.close();
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
