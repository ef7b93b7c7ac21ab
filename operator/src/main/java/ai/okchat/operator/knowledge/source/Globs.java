package ai.okchat.operator.knowledge.source;

import ai.okchat.operator.fetch.SourceException;
import java.text.Normalizer;
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
    var composed = composed(path);
    return (include.isEmpty() || include.stream().anyMatch(glob -> glob.matches(composed)))
        && exclude.stream().noneMatch(glob -> glob.matches(composed));
  }

  /** Returns the text as most keyboards write it: a Mac writes the names of files decomposed. */
  private static String composed(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  private static Glob glob(String text) {
    try {
      return new Glob(composed(text));
    } catch (IllegalArgumentException e) {
      throw new SourceException(
          "'%s' in include or exclude is not a glob. Write one such as docs/**/*.md."
              .formatted(text),
          false);
    }
  }
}
