package ai.okchat.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;

/** Runs the operator as a process, with the options of the image. */
final class OperatorRun implements AutoCloseable {

  static final String JAR = "operator/target/okchat-operator.jar";

  /** The memory limit of the chart, from which the JVM derives its heap. */
  private static final String MEMORY = "512m";

  private static final Pattern READY_RECONCILIATIONS =
      Pattern.compile("okchat_reconcile_seconds_count\\{kind=\"(\\w+)\",outcome=\"Ready\"} (\\S+)");

  private static final Http.Header NONE = new Http.Header("accept", "text/plain");

  private final Program program;
  private final Http management;

  private OperatorRun(Program program, Http management) {
    this.program = program;
    this.management = management;
  }

  /** The command that starts the operator, the same for every start. */
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

  /**
   * Returns the options of the image and the memory of its Pod, with the cache of {@code
   * examples/train-aot.sh} if it is newer than the jar.
   *
   * @param project the folder of the project, as an absolute path: a cache contains the path of its
   *     jar
   */
  static List<String> usualOptions(Path project) {
    var options = new ArrayList<String>();
    options.add("-XX:MaxRAM=" + MEMORY);
    options.add("@" + project.resolve("operator/src/main/image/app/jvm.options"));
    var jar = project.resolve(JAR);
    var cache = jar.resolveSibling("okchat-operator.aot");
    if (cache.toFile().lastModified() > jar.toFile().lastModified()) {
      options.add("-XX:AOTCache=" + cache);
    }
    return List.copyOf(options);
  }

  void awaitReadiness() {
    Wait.until(
        "the operator",
        () -> {
          var _ = program.output();
          return management.answers("/readyz");
        });
  }

  /**
   * Returns how many reconciliations found their object Ready since the start, by kind; others only
   * waited, such as for a permit. Costs the operator a reading of all its objects.
   */
  Map<String, Long> readyReconciliations() {
    try {
      return READY_RECONCILIATIONS
          .matcher(management.get("/metrics"))
          .results()
          .collect(
              Collectors.toMap(
                  match -> match.group(1), match -> (long) Double.parseDouble(match.group(2))));
    } catch (UncheckedIOException | IllegalStateException notYet) {
      return Map.of();
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
