package ai.okchat.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Compares {@code docs/annotations.md} with the keys that the code and the chart use. */
class AnnotationsPageTest {

  private static final Path PAGE = Path.of("docs/annotations.md");
  private static final Path CODE = Path.of("src/main/java");
  private static final Path CHART = Path.of("../helm/okchat-operator/templates");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(okchat\\.ai/[a-z-]+)` \\|");
  private static final Pattern KEY = Pattern.compile("okchat\\.ai/[a-z]+(-[a-z]+)*(?![a-z0-9/-])");

  @Test
  void hasExactlyOneRowForEachKey() throws IOException {
    // Given
    var keys = new TreeSet<String>();
    for (var root : new Path[] {CODE, CHART}) {
      try (var files = Files.walk(root)) {
        for (var file : files.filter(Files::isRegularFile).toList()) {
          KEY.matcher(Files.readString(file)).results().forEach(key -> keys.add(key.group()));
        }
      }
    }

    // When
    var rows = ROW.matcher(Files.readString(PAGE)).results().map(row -> row.group(1)).toList();

    // Then
    assertThat(rows).containsExactlyInAnyOrderElementsOf(keys);
  }
}
