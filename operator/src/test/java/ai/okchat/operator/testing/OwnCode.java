package ai.okchat.operator.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The code of the operator, its client and its planning, which runs in one process. */
public final class OwnCode {

  private static final List<Path> MODULES =
      List.of(Path.of(""), Path.of("client"), Path.of("planning"));
  private static final String GROUP = "ai.okchat.";
  private static final String END = ".class";

  private OwnCode() {}

  /** The text of every source file. */
  public static Stream<String> sources() {
    return files("src/main/java", ".java").stream().map(Source::file).map(TextFile::read);
  }

  /** The full name of every class. */
  public static Stream<String> classNames() {
    return files("target/classes", END).stream()
        .map(source -> source.folder().relativize(source.file()).toString().replace('/', '.'))
        .filter(name -> name.startsWith(GROUP))
        .map(name -> name.substring(0, name.length() - END.length()));
  }

  /** The class of this name, not initialized. */
  public static Class<?> type(String name) {
    try {
      return Class.forName(name, false, OwnCode.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(name, e);
    }
  }

  private record Source(Path folder, Path file) {}

  private static List<Source> files(String folder, String end) {
    var found = new ArrayList<Source>();
    for (var module : MODULES) {
      var root = module.resolve(folder);
      try (var files = Files.walk(root)) {
        files
            .filter(file -> file.toString().endsWith(end))
            .sorted()
            .forEach(file -> found.add(new Source(root, file)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return found;
  }
}
