package ai.okchat.operator.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The packaged operator as a process of its own, as a user starts it. */
public final class OperatorProcess implements AutoCloseable {

  private static final List<String> JAVA =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "@" + Path.of("src", "main", "image", "app", "jvm.options"));
  private static final Path JAR = Path.of("target", "okchat-operator.jar").toAbsolutePath();

  /** The last line of a histogram: instances and bytes. */
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

  /** Written by examples/train-aot.sh; without it the process only starts slower. */
  private static final Path CACHE = JAR.resolveSibling("okchat-operator.aot");

  private final Process process;
  private final Path log;

  private OperatorProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  public static OperatorProcess start(Map<String, String> environment, String... flags) {
    return start(List.of("-jar", JAR.toString()), environment, flags);
  }

  /** Serves these namespaces with the memory of the chart's Pod. */
  public static OperatorProcess startAsPod(String home, Set<String> namespaces) {
    var flags =
        List.of(
            "--watch-namespaces=" + String.join(",", namespaces),
            "--operator-namespace=" + home,
            "--management-port=0",
            "--fetch-allow-cidrs=127.0.0.0/8");
    return start(
        List.of("-XX:MaxRAM=512m", "-jar", JAR.toString()),
        Map.of("KUBECONFIG", SharedCluster.get().kubeconfig().toString()),
        flags.toArray(String[]::new));
  }

  private static OperatorProcess start(
      List<String> program, Map<String, String> environment, String... flags) {
    var command = new ArrayList<>(JAVA);
    if (isNewerThanTheJar(CACHE)) {
      command.add("-XX:AOTCache=" + CACHE);
    }
    command.addAll(program);
    command.addAll(List.of(flags));
    return launch(command, environment);
  }

  private static OperatorProcess launch(List<String> command, Map<String, String> environment) {
    try {
      var log = Files.createTempFile("okchat-operator", ".log");
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.redirectOutput(log.toFile());
      builder.environment().putAll(environment);
      return new OperatorProcess(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Watches the world's namespace, on a free management port. */
  public static OperatorProcess startIn(OperatorFixture world, String... moreFlags) {
    return startIn(world, Map.of(), moreFlags);
  }

  /** As {@link #startIn}, with variables of the environment besides the kubeconfig. */
  public static OperatorProcess startIn(
      OperatorFixture world, Map<String, String> environment, String... moreFlags) {
    return startIn(world, List.of("-jar", JAR.toString()), environment, moreFlags);
  }

  /** As {@link #startIn}, with a clock that is ahead. */
  public static OperatorProcess startLaterIn(OperatorFixture world, Duration ahead) {
    var program =
        List.of(
            "-Dahead=" + ahead,
            "-cp",
            JAR + File.pathSeparator + Path.of("target", "test-classes").toAbsolutePath(),
            SuccessorOperator.class.getName());
    return startIn(world, program, Map.of(), "--fetch-allow-cidrs=127.0.0.0/8");
  }

  private static OperatorProcess startIn(
      OperatorFixture world,
      List<String> program,
      Map<String, String> environment,
      String... moreFlags) {
    var flags = new ArrayList<>(List.of(moreFlags));
    flags.add("--watch-namespaces=" + world.namespace());
    flags.add("--operator-namespace=" + world.namespace());
    flags.add("--management-port=0");
    var variables = new HashMap<>(environment);
    variables.put("KUBECONFIG", SharedCluster.get().kubeconfig().toString());
    return start(program, variables, flags.toArray(String[]::new));
  }

  /** Returns whether the cache is newer: the process rejects that of an earlier build. */
  private static boolean isNewerThanTheJar(Path cache) {
    try {
      return Files.exists(cache)
          && Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(JAR)) > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** All that was printed so far. */
  public String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void awaitOutput(String text) {
    Awaitility.await("output of the operator")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> output().contains(text));
  }

  public long pid() {
    return process.pid();
  }

  /** Bytes of the objects on its heap, after a full collection. */
  public long liveBytes() {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
            Long.toString(pid()),
            "GC.class_histogram");
    try {
      var jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
      var histogram = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      var total = TOTAL.matcher(histogram);
      if (!total.find()) {
        throw new IllegalStateException("no histogram: " + histogram + output());
      }
      return Long.parseLong(total.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGTERM. */
  public void askToStop() {
    process.destroy();
  }

  /** SIGKILL. */
  public void kill() {
    process.destroyForcibly();
  }

  public int awaitExit() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the operator does not end:\n" + output());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    kill();
    awaitExit();
    try {
      Files.deleteIfExists(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
