package ai.okchat.operator.knowledge.source;

import ai.okchat.operator.knowledge.document.FileType;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tells documentation from the other files of a repository by the path. The rules apply to a git
 * source without {@code include}; {@code operator/docs/sources.md} describes them.
 */
final class Documentation {

  private static final Set<String> FOREIGN_FOLDERS =
      Set.of("node_modules", "bower_components", "site-packages", "vendor", "target");

  /** Names of licences, without the extension. */
  private static final Set<String> LICENCES =
      Set.of(
          "license",
          "licence",
          "license-mit",
          "license-apache",
          "unlicense",
          "copying",
          "notice",
          "patents");

  /** Names of text files that tools and robots read, without the extension. */
  private static final Set<String> SETTINGS =
      Set.of(
          "requirements",
          "requirements-dev",
          "requirements_dev",
          "requirements-test",
          "dev-requirements",
          "test-requirements",
          "docs-requirements",
          "constraints",
          "cmakelists",
          "meson_options",
          "robots",
          "humans",
          "ads",
          "app-ads");

  private Documentation() {}

  /** Returns whether the path is that of a document. */
  static boolean includes(String path) {
    var name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return !isHidden(path)
        && !name.startsWith("~$")
        && FileType.ofFileName(name).filter(type -> isDocument(name, type)).isPresent();
  }

  /**
   * Returns whether the path has settings of tools, or files of other projects and of builds. There
   * may be many of them.
   */
  static boolean isHidden(String path) {
    return Stream.of(path.split("/", -1))
        .anyMatch(part -> part.startsWith(".") || FOREIGN_FOLDERS.contains(part));
  }

  /** JSON has settings and locked versions much more often than questions and answers. */
  private static boolean isDocument(String name, FileType type) {
    var stem = name.substring(0, name.lastIndexOf('.'));
    return type != FileType.JSON
        && !LICENCES.contains(stem)
        && !(type == FileType.TEXT && SETTINGS.contains(stem));
  }
}
