package ai.okchat.operator.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One page of the documentation, in Markdown. */
record DocsPage(Path file, String text) {

  private static final Path ROOT = Path.of("..");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern YAML = Pattern.compile("(?ms)^ *```yaml\\n(.*?)^ *```$");
  private static final Pattern COMMAND_FILE =
      Pattern.compile("(?m)^ {4,}\\S.*?\\s(?:-f|-k|--filename)\\s+([\\w./-]*/[\\w./-]*)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

  /** The README and all pages below {@code operator/docs}. */
  static Stream<DocsPage> all() {
    try (var files = Files.walk(Path.of("docs"))) {
      return Stream.concat(
          Stream.of(read(ROOT.resolve("README.md"))),
          files
              .filter(path -> path.toString().endsWith(".md"))
              .sorted()
              .map(DocsPage::read)
              .toList()
              .stream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Links to files of the repository, that lead nowhere. */
  List<String> brokenLinks() {
    return LINK.matcher(text)
        .results()
        .map(match -> match.group(1))
        .filter(this::isBroken)
        .toList();
  }

  /** Files of the repository that commands name and that do not exist. */
  List<String> missingCommandFiles() {
    return COMMAND_FILE
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .filter(path -> !path.startsWith("/") && !Files.exists(ROOT.resolve(path)))
        .toList();
  }

  /** Blocks that show whole objects; a fragment is marked {@code yaml fragment}. */
  List<String> yamlBlocks() {
    return YAML.matcher(text).results().map(match -> match.group(1)).toList();
  }

  private boolean isBroken(String link) {
    if (link.matches("[a-z]+:.*")) {
      return false; // Another place than this repository.
    }
    var parts = link.split("#", 2);
    var target = parts[0].isEmpty() ? file : file.resolveSibling(parts[0]);
    return !Files.exists(target)
        || (parts.length == 2 && !read(target).anchors().contains(parts[1]));
  }

  /** Returns the anchors that code hosts derive from the headings. */
  private List<String> anchors() {
    return HEADING
        .matcher(text)
        .results()
        .map(match -> match.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }

  private static DocsPage read(Path file) {
    try {
      return new DocsPage(file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
