package ai.okchat.operator.knowledge.source;

import ai.okchat.operator.fetch.SourceException;
import java.util.List;

/**
 * Selects the paths of a source: all that {@code include} matches, or all if it is empty, except
 * those that {@code exclude} matches.
 */
record Globs(List<Glob> include, List<Glob> exclude) {

  /**
   * Parses the globs.
   *
   * @throws SourceException if a text is not a glob
   */
  static Globs of(List<String> include, List<String> exclude) {
    return new Globs(
        include.stream().map(Globs::glob).toList(), exclude.stream().map(Globs::glob).toList());
  }

  boolean match(String path) {
    return (include.isEmpty() || include.stream().anyMatch(glob -> glob.matches(path)))
        && exclude.stream().noneMatch(glob -> glob.matches(path));
  }

  private static Glob glob(String text) {
    try {
      return new Glob(text);
    } catch (IllegalArgumentException e) {
      throw new SourceException(
          "'%s' in include or exclude is not a glob. Write one such as docs/**/*.md."
              .formatted(text),
          false);
    }
  }
}
