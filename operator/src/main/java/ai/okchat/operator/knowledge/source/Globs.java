package ai.okchat.operator.knowledge.source;

import ai.okchat.operator.fetch.SourceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * Which paths a source is about: all that {@code include} matches, or all where it is empty, but
 * for those that {@code exclude} matches. {@code **}{@code /} also stands for no folder at all.
 */
record Globs(List<PathMatcher> include, List<PathMatcher> exclude) {

  /**
   * @throws SourceException if a glob is none
   */
  static Globs of(List<String> include, List<String> exclude) {
    return new Globs(matchers(include), matchers(exclude));
  }

  boolean match(String path) {
    var candidate = Path.of(path);
    return (include.isEmpty() || include.stream().anyMatch(it -> it.matches(candidate)))
        && exclude.stream().noneMatch(it -> it.matches(candidate));
  }

  private static List<PathMatcher> matchers(List<String> globs) {
    return globs.stream()
        .flatMap(glob -> Stream.of(glob, glob.replace("**/", "")).distinct())
        .map(Globs::matcher)
        .toList();
  }

  private static PathMatcher matcher(String glob) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + glob);
    } catch (PatternSyntaxException e) {
      throw new SourceException(
          "'%s' in include or exclude is no glob. Write one such as docs/**/*.md.".formatted(glob),
          false);
    }
  }
}
