package ai.okchat.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** {@code examples/benchmark.sh} after a build, as the documentation names it. */
class BenchmarkScriptIT {

  @Test
  void helpHasTheUsageAndTheFlags() throws IOException, InterruptedException {
    // When
    var script =
        new ProcessBuilder("bash", "../benchmark.sh", "--help").redirectErrorStream(true).start();
    var output = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    // Then
    assertThat(script.waitFor()).as(output).isZero();
    assertThat(output).contains("Usage: examples/benchmark.sh", "--chatbots");
  }
}
