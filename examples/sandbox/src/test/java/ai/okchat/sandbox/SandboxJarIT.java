package ai.okchat.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program, as users start it. */
class SandboxJarIT {
  private static final String LISTENING = "listening on ";

  @Test
  void theProgramPrintsItsUrlStopsOnSigtermAndKeepsItsData(@TempDir Path data) throws Exception {
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

  private record Started(Process process, String firstLine) {}

  private static Started start(Path data) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var jar = Path.of("target", "okchat-sandbox.jar").toString();
    var process =
        new ProcessBuilder(
                java, "-jar", jar, "--port", "0", "--data", data.toString(), "--api-key", "k")
            .redirectErrorStream(true)
            .start();
    return new Started(process, String.valueOf(process.inputReader().readLine()));
  }

  private static Api api(Started started) {
    return new Api(started.firstLine().substring(LISTENING.length()), "k");
  }
}
