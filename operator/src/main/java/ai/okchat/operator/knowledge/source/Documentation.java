package ai.okchat.operator.knowledge.source;

import ai.okchat.planning.document.FileType;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

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

  static final String HIDDEN =
      "Its name begins with a dot, or it is a folder of another project or of a build.";

  static final String NO_DOCUMENTATION = "By its name, it is not documentation.";

  private Documentation() {}

  /** Returns whether the path is that of a document. */
  static boolean includes(String path) {
    var name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return hiddenPart(path).isEmpty()
        && !name.startsWith("~$")
        && FileType.ofFileName(name).filter(type -> isDocument(name, type)).isPresent();
  }

  /**
   * Returns the hidden file, or the folder with a slash at its end, that has settings of tools, or
   * files of other projects and of builds; empty if the path has no such part.
   */
  static Optional<String> hiddenPart(String path) {
    for (var begin = 0; begin < path.length(); ) {
      var slash = path.indexOf('/', begin);
      var end = slash < 0 ? path.length() : slash;
      var part = path.substring(begin, end);
      if (part.startsWith(".") || FOREIGN_FOLDERS.contains(part)) {
        return Optional.of(path.substring(0, Math.min(end + 1, path.length())));
      }
      begin = end + 1;
    }
    return Optional.empty();
  }

  /** JSON has settings and locked versions much more often than questions and answers. */
  private static boolean isDocument(String name, FileType type) {
    var stem = name.substring(0, name.lastIndexOf('.'));
    return type != FileType.JSON
        && !LICENCES.contains(stem)
        && !(type == FileType.TEXT && SETTINGS.contains(stem));
  }
}
