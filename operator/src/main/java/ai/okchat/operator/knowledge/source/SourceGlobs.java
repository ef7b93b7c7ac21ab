package ai.okchat.operator.knowledge.source;

import ai.okchat.operator.fetch.SourceException;
import ai.okchat.planning.document.Globs;
import java.util.List;

/** The globs of a spec. */
final class SourceGlobs {

  private SourceGlobs() {}

  /**
   * Parses the globs.
   *
   * @throws SourceException if a text is not a glob
   */
  static Globs of(List<String> include, List<String> exclude) {
    try {
      return Globs.of(include, exclude);
    } catch (IllegalArgumentException e) {
      throw new SourceException(String.valueOf(e.getMessage()), false);
    }
  }
}
