package ai.okchat.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program, as users start it. */
class SandboxJarIT {
  private static final String LISTENING = "listening on ";

  @Test
  void printsUrlStopsOnSigtermAndKeepsData(@TempDir Path data) throws Exception {
    // Given
    var first = start(data);
    var id = api(first).createBot("lasting");

    // When
    first.process().destroy();
    var stopped = first.process().waitFor(10, TimeUnit.SECONDS);
    var second = start(data);

    // Then
    try {
      assertThat(stopped).isTrue();
      assertThat(api(second).get(Api.bot(id)).status()).isEqualTo(200);
      assertThat(second.firstLine()).matches("listening on http://127\\.0\\.0\\.1:\\d+");
    } finally {
      second.process().destroy();
    }
  }

  @Test
  void removesFolderWhenPortIsInUse(@TempDir Path temporary) throws Exception {
    // Given
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {

      // When
      var program =
          start(
              List.of("-Djava.io.tmpdir=" + temporary),
              List.of("--port", String.valueOf(taken.getLocalPort())));
      var ended = program.process().waitFor(10, TimeUnit.SECONDS);

      // Then
      assertThat(ended).isTrue();
      assertThat(program.process().exitValue()).as(program.firstLine()).isEqualTo(2);
      assertThat(temporary).isDirectoryNotContaining("glob:**/okchat-sandbox*");
    }
  }

  private record Started(Process process, String firstLine) {}

  private static Started start(Path data) throws IOException {
    return start(List.of(), List.of("--port", "0", "--data", data.toString(), "--api-key", "k"));
  }

  private static Started start(List<String> ofJava, List<String> arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ofJava);
    command.addAll(List.of("-jar", Path.of("target", "okchat-sandbox.jar").toString()));
    command.addAll(arguments);
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new Started(process, String.valueOf(process.inputReader().readLine()));
  }

  private static Api api(Started started) {
    return new Api(started.firstLine().substring(LISTENING.length()), "k");
  }
}
