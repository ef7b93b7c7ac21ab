package ai.okchat.operator.knowledge.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaleTempDirsTest {

  private static final long NONE = 999_999_999_999L;

  @TempDir private Path folder;

  @Test
  void removesOnlyFoldersOfEndedProcesses() throws IOException {
    // Given
    var living = ProcessHandle.current().parent().orElseThrow().pid();
    make("okchat-source-%d-1".formatted(NONE));
    make("okchat-source-%d-2".formatted(ProcessHandle.current().pid()));
    var used = make("okchat-source-%d-3".formatted(living));
    var other = make("okchat-source-of-somebody");

    // When
    StaleTempDirs.remove(folder);

    // Then
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactlyInAnyOrder(used, other);
    }
  }

  private Path make(String name) throws IOException {
    var made = Files.createDirectories(folder.resolve(name));
    Files.writeString(made.resolve("file-0"), "left");
    return made;
  }
}
