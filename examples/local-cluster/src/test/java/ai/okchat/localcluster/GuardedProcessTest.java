package ai.okchat.localcluster;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardedProcessTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path directory;

  @Test
  void returnsWhenThePortAcceptsConnections() throws IOException {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var process = start("sleep 60")) {
      assertThatCode(() -> process.awaitPort(server.getLocalPort(), PATIENCE))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void reportsTheLogOfAProcessThatEnded() {
    try (var process = start("echo unknown flag; exit 1")) {
      assertThatThrownBy(() -> process.awaitPort(FreePort.find(), PATIENCE))
          .isInstanceOf(LocalClusterException.class)
          .hasMessage("program ended by itself. Its log:%nunknown flag".formatted());
    }
  }

  @Test
  void reportsThePortThatIsNotOpenedInTime() {
    var port = FreePort.find();
    try (var process = start("sleep 60")) {
      assertThatThrownBy(() -> process.awaitPort(port, Duration.ofMillis(10)))
          .isInstanceOf(LocalClusterException.class)
          .hasMessageStartingWith("program does not listen on port %d after".formatted(port));
    }
  }

  private GuardedProcess start(String script) {
    var builder = new ProcessBuilder("sh", "-c", script);
    return GuardedProcess.start("program", builder, directory.resolve("program.log"));
  }
}
