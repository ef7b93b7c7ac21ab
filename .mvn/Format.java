import com.google.googlejavaformat.java.Formatter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks or fixes the format of all Java sources. A program of its own, since the formatter needs a
 * newer JDK than the one that may run Maven.
 *
 * <p>{@code mvn -N validate} checks, {@code mvn -N validate -Dformat=fix} fixes.
 */
void main(String[] args) throws Exception {
  var fix = "fix".equals(args[0]);
  var wrong = new ArrayList<Path>();
  for (var file : javaSources(Path.of(args[1]))) {
    var source = Files.readString(file);
    var formatted = new Formatter().formatSourceAndFixImports(source);
    if (!formatted.equals(source)) {
      wrong.add(file);
      if (fix) {
        Files.writeString(file, formatted);
      }
    }
  }
  wrong.forEach(file -> System.out.println((fix ? "formatted " : "not formatted: ") + file));
  if (!fix && !wrong.isEmpty()) {
    System.out.println("Fix with: mvn -N validate -Dformat=fix");
    System.exit(1);
  }
}

private static List<Path> javaSources(Path root) throws IOException {
  try (var files = Files.walk(root)) {
    return files
        .filter(file -> file.toString().endsWith(".java"))
        .filter(file -> root.relativize(file).toString().contains("src/"))
        .filter(file -> !root.relativize(file).toString().contains("target/"))
        .sorted()
        .toList();
  }
}
