package ai.okchat.planning.document;

import java.text.Normalizer;
import java.util.List;

/**
 * Selects the paths of a source: all that {@code include} matches, or all if it is empty, except
 * those that {@code exclude} matches.
 */
public record Globs(List<Glob> include, List<Glob> exclude) {

  /**
   * Parses the globs.
   *
   * @throws IllegalArgumentException if a text is not a glob
   */
  public static Globs of(List<String> include, List<String> exclude) {
    return new Globs(
        include.stream().map(Globs::glob).toList(), exclude.stream().map(Globs::glob).toList());
  }

  public boolean match(String path) {
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
      throw new IllegalArgumentException(
          "'%s' in include or exclude is not a glob. Write one such as docs/**/*.md."
              .formatted(text),
          e);
    }
  }
}
