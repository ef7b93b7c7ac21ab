package ai.okchat.localcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in a JVM of its own, ended from outside. */
class LocalClusterMainIT {

  @TempDir private Path directory;

  @Test
  void endsProcessesAndRemovesFilesOnSigterm() throws Exception {
    // Given
    var data = directory.resolve("data");
    var kubeconfig = directory.resolve("kubeconfig");
    var program = start("--data", data.toString(), "--kubeconfig", kubeconfig.toString());
    awaitListening(program);
    var children = program.descendants().toList();
    assertThat(kubeconfig).exists();

    // When
    program.destroy();
    assertThat(program.waitFor(20, TimeUnit.SECONDS)).isTrue();

    // Then
    assertThat(children).hasSizeGreaterThanOrEqualTo(2);
    awaitEnd(children);
    assertThat(data).doesNotExist();
    assertThat(kubeconfig).doesNotExist();
  }

  @Test
  void endsServersWhenProgramIsKilled() throws Exception {
    // Given
    var program = start("--data", directory.resolve("data").toString());
    awaitListening(program);
    var children = program.descendants().toList();

    // When
    program.destroyForcibly();

    // Then
    assertThat(children).hasSizeGreaterThanOrEqualTo(2);
    awaitEnd(children);
  }

  private static Process start(String... arguments) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LocalClusterMain.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static void awaitListening(Process program) throws IOException {
    var lines = program.inputReader(StandardCharsets.UTF_8);
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("listening on https://127.0.0.1:")) {
        return;
      }
    }
    throw new AssertionError("ended without listening");
  }

  private static void awaitEnd(List<ProcessHandle> processes) {
    await()
        .untilAsserted(
            () -> assertThat(processes.stream().filter(ProcessHandle::isAlive)).isEmpty());
  }
}
