package ai.okchat.operator.chart;

import ai.okchat.localcluster.CraneLookup;
import ai.okchat.localcluster.Progress;
import ai.okchat.operator.testing.ProgramRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A registry of images and charts on loopback, without TLS. It stores everything in memory. */
final class LoopbackRegistry implements AutoCloseable {

  private static final Pattern PORT = Pattern.compile("serving on port (\\d+)");

  private final Path crane;
  private final Process process;
  private final String name;

  private LoopbackRegistry(Path crane, Process process, String name) {
    this.crane = crane;
    this.process = process;
    this.name = name;
  }

  static LoopbackRegistry start() throws IOException {
    var crane = CraneLookup.find(Progress.onTerminal());
    var process =
        new ProcessBuilder(crane.toString(), "registry", "serve", "--address=localhost:0")
            .redirectErrorStream(true)
            .start();
    return new LoopbackRegistry(crane, process, "localhost:" + port(process.inputReader()));
  }

  private static String port(BufferedReader output) throws IOException {
    for (var line = output.readLine(); line != null; line = output.readLine()) {
      var port = PORT.matcher(line);
      if (port.find()) {
        // The log of the requests would otherwise fill the pipe, and the registry would wait.
        Thread.ofVirtual().start(() -> output.lines().forEach(ignored -> {}));
        return port.group(1);
      }
    }
    throw new IllegalStateException("The registry did not start.");
  }

  /** Returns for example {@code localhost:23456}. */
  String name() {
    return name;
  }

  /** Returns the digest of an image, for example of {@code okchat-operator:1.2.3}. */
  String digest(String reference) {
    return crane("digest", name + "/" + reference).strip();
  }

  /** Returns the manifest of an image or a chart. */
  String manifest(String reference) {
    return crane("manifest", name + "/" + reference);
  }

  /** Returns the names of all images and charts. */
  List<String> catalog() {
    return crane("catalog", name).lines().sorted().toList();
  }

  /** Writes the files of an image to an archive. */
  void export(String reference, Path tar) {
    crane("export", name + "/" + reference, tar.toString());
  }

  private String crane(String... arguments) {
    var command = new ArrayList<>(List.of(crane.toString()));
    command.addAll(List.of(arguments));
    return ProgramRun.of(new ProcessBuilder(command)).outputOfSuccess();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
