package ai.okchat.crds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of the repository that is generated and committed. */
record CommittedFile(Path path) {
  static final String REFRESH = "mvn -q -pl crds test -Dupdate";

  /** The repository's root: tests run in the folder of their module. */
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  static CommittedFile of(String pathInRepository) {
    return new CommittedFile(ROOT.resolve(pathInRepository));
  }

  /** Fails when the committed text differs; with {@code -Dupdate} writes it instead. */
  void holds(String generated) throws IOException {
    if (System.getProperty("update") != null) {
      Files.createDirectories(path.getParent());
      Files.writeString(path, generated);
    }
    var committed = Files.exists(path) ? Files.readString(path) : "";
    assertThat(committed)
        .as("%s is stale, refresh it with: %s", ROOT.relativize(path), REFRESH)
        .isEqualTo(generated);
  }
}
