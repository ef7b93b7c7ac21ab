package ai.okchat.cli;

/**
 * Makes texts of a cluster or a backend safe for a terminal: control characters, which could move
 * the cursor or change colors, and format characters, which could reverse a line, become visible.
 */
final class VisibleText {
  private VisibleText() {}

  /** Returns the text on one line. */
  static String line(String text) {
    return of(text.replace("\r\n", " ").replace('\n', ' ').replace('\t', ' '));
  }

  /** Returns the text with its line breaks and tabs. */
  static String lines(String text) {
    return of(text.replace("\r\n", "\n"));
  }

  /** Returns one line of at most this number of characters. */
  static String bounded(String text, int most) {
    var line = line(text);
    if (line.codePointCount(0, line.length()) <= most) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, most - 1)) + "…";
  }

  private static String of(String text) {
    if (text.codePoints().noneMatch(VisibleText::isHidden)) {
      return text;
    }
    var visible = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            character -> {
              if (isHidden(character)) {
                visible.append(shown(character));
              } else {
                visible.appendCodePoint(character);
              }
            });
    return visible.toString();
  }

  /** Line breaks and tabs stay; half a surrogate pair cannot be printed. */
  static boolean isHidden(int character) {
    if (character == '\n' || character == '\t') {
      return false;
    }
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      case Character.FORMAT -> !joins(character);
      default -> false;
    };
  }

  /** Joiners and tags are parts of letters and emoji. */
  private static boolean joins(int character) {
    return character == 0x200C || character == 0x200D || character >= 0xE0000;
  }

  private static String shown(int character) {
    if (character < ' ') {
      return "^" + (char) (character + '@');
    }
    return character == 0x7F ? "^?" : "\\u%04x".formatted(character);
  }
}
