package ai.okchat.operator.knowledge.source;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes the blocks of a Markdown text: their indentation in lists and quotes, and the lines
 * between them.
 */
final class MarkdownBlocks {

  /**
   * Characters that are not on the page: absolute links, indentation, repeated cells. Without them
   * the text is still complete.
   */
  static final int MAX_ADDED = Markdown.MAX_HTML;

  private final StringBuilder out = new StringBuilder();

  /** In front of the lines of the current container. */
  private String indent = "";

  /** In front of the first line of the container instead, until that line exists. */
  private @Nullable String marker;

  /** The indentation of a blank line: of the innermost container of the blocks around it. */
  private String gapIndent = "";

  private boolean isTight;
  private int added;

  String text() {
    return out.toString();
  }

  int length() {
    return out.length();
  }

  boolean isNested() {
    return marker != null || !indent.isEmpty();
  }

  /** Writes the next block without a blank line in front of it. */
  void tighten() {
    isTight = true;
  }

  /** Writes one block; an empty one is none. */
  void write(String block) {
    if (block.isEmpty()) {
      return;
    }
    if (!out.isEmpty()) {
      out.append('\n');
      if (!isTight) {
        out.append(room(gapIndent.stripTrailing())).append('\n');
      }
    }
    var start = Objects.requireNonNullElse(marker, indent);
    for (var line : (Iterable<String>) block.lines()::iterator) {
      out.append(room(line.isEmpty() ? start.stripTrailing() : start)).append(line).append('\n');
      start = indent;
    }
    out.setLength(out.length() - 1);
    marker = null;
    isTight = false;
    gapIndent = indent;
  }

  /** Returns a text that is not on the page, or nothing if there is no room for it. */
  String room(String text) {
    if (added + text.length() > MAX_ADDED) {
      return "";
    }
    added += text.length();
    return text;
  }

  /**
   * Writes the blocks of a list item or a quote.
   *
   * @param first in front of the first line
   * @param next in front of the other lines
   */
  void writeWithin(String first, String next, Runnable blocks) {
    var outer = indent;
    var outerMarker = marker;
    var length = out.length();
    marker = Objects.requireNonNullElse(marker, indent) + first;
    indent = indent + next;
    blocks.run();
    indent = outer;
    marker = out.length() == length ? outerMarker : null;
    isTight = false;
    gapIndent = gapIndent.length() > outer.length() ? outer : gapIndent;
  }
}
