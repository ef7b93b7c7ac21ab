package ai.okchat.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of the repository that is generated and committed. */
record CommittedFile(Path path) {

  /** Fails when the committed text differs; with {@code -Dupdate} writes it instead. */
  void holds(String generated) throws IOException {
    if (System.getProperty("update") != null) {
      Files.writeString(path, generated);
    }
    var committed = Files.exists(path) ? Files.readString(path) : "";
    assertThat(committed)
        .as("%s is stale, its first line says how to refresh it", path)
        .isEqualTo(generated);
  }
}
