package ai.okchat.operator.knowledge.source;

import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/** Decides which characters of a text Markdown reads as marks, and escapes only those. */
final class MarkdownText {

  private static final int DIGITS = 9;

  private MarkdownText() {}

  /** Escapes tags, and pairs of stars and underscores that would disappear. */
  static String escaped(String text) {
    if (text.indexOf('*') < 0 && text.indexOf('_') < 0 && text.indexOf('<') < 0) {
      return text;
    }
    var stars = new Pairs(text, '*');
    var underscores = new Pairs(text, '_');
    var lastTagEnd = text.lastIndexOf('>');
    var escaped = new StringBuilder(text.length());
    for (var i = 0; i < text.length(); i++) {
      var character = text.charAt(i);
      var isMark =
          switch (character) {
            case '*' -> stars.isPaired(i);
            case '_' -> underscores.isPaired(i);
            case '<' -> i < lastTagEnd && isTagStart(text.charAt(i + 1));
            default -> false;
          };
      escaped.append(isMark ? "\\" : "").append(character);
    }
    return escaped.toString();
  }

  private static boolean isTagStart(char next) {
    return (next >= 'a' && next <= 'z')
        || (next >= 'A' && next <= 'Z')
        || next == '/'
        || next == '!'
        || next == '?';
  }

  /** The first sign that opens an emphasis, and the last one that closes it. */
  private static final class Pairs {

    private final String text;
    private final char sign;
    private int firstOpening = Integer.MAX_VALUE;
    private int lastClosing = -1;

    Pairs(String text, char sign) {
      this.text = text;
      this.sign = sign;
      for (var i = text.indexOf(sign); i >= 0; i = text.indexOf(sign, i + 1)) {
        firstOpening = isOpening(i) ? Math.min(firstOpening, i) : firstOpening;
        lastClosing = isClosing(i) ? i : lastClosing;
      }
    }

    boolean isPaired(int index) {
      return (isOpening(index) && index < lastClosing)
          || (isClosing(index) && index > firstOpening);
    }

    private boolean isOpening(int index) {
      return index + 1 < text.length()
          && !isBlank(text.charAt(index + 1))
          && (sign == '*' || index == 0 || !Character.isLetterOrDigit(text.charAt(index - 1)));
    }

    private boolean isClosing(int index) {
      return index > 0
          && !isBlank(text.charAt(index - 1))
          && (sign == '*'
              || index + 1 == text.length()
              || !Character.isLetterOrDigit(text.charAt(index + 1)));
    }
  }

  /**
   * Escapes the start of lines of text that Markdown reads as a heading, a quote or code. Lists are
   * left: they are read as what they are.
   */
  static String withoutMarkers(String text) {
    if (text.indexOf('\n') < 0) {
      return isMarker(text) ? "\\" + text : text;
    }
    var escaped = new StringBuilder(text.length());
    text.lines()
        .forEach(line -> escaped.append(isMarker(line) ? "\\" : "").append(line).append('\n'));
    escaped.setLength(escaped.length() - 1);
    return escaped.toString();
  }

  private static boolean isMarker(String line) {
    if (line.startsWith(">") || line.startsWith("```") || line.startsWith("~~~")) {
      // A span of code begins with the same signs, and ends on the same line.
      return !line.startsWith("```") || line.indexOf("```", 3) < 0;
    }
    var signs = 0;
    while (signs < line.length() && line.charAt(signs) == '#') {
      signs++;
    }
    return signs > 0 && signs < 7 && (signs == line.length() || line.charAt(signs) == ' ');
  }

  static boolean isBlank(char character) {
    return character <= ' ' || character == '\u00A0' || Character.isWhitespace(character);
  }

  /** Returns whether a character only permits or forbids a break. */
  static boolean isInvisible(char character) {
    return character == '\u200B'
        || character == '\u00AD'
        || character == '\u2060'
        || character == '\uFEFF';
  }

  /** Returns whether marks in front of {@code start} are read as the start of an emphasis. */
  static boolean opens(CharSequence line, int start) {
    return start == 0
        || !Character.isLetterOrDigit(line.charAt(start - 1))
        || isWord(line.charAt(start));
  }

  /** Returns whether marks between both characters are read as the end of an emphasis. */
  static boolean closes(char last, char after) {
    return isWord(last) || !isWord(after);
  }

  private static boolean isWord(char character) {
    return Character.isLetterOrDigit(character) || Character.isSurrogate(character);
  }

  /** Returns the first character of what follows an element; a blank if that is another block. */
  static char firstOf(@Nullable Node node) {
    if (node instanceof TextNode text && !text.getWholeText().isEmpty()) {
      return text.getWholeText().charAt(0);
    }
    return node instanceof Element element && !element.isBlock() && !element.nameIs("br")
        ? 'a'
        : ' ';
  }

  /** Encodes what would end the destination of a link. */
  static String destination(String address) {
    var isBalanced = true;
    var open = 0;
    for (var i = 0; i < address.length(); i++) {
      open += address.charAt(i) == '(' ? 1 : address.charAt(i) == ')' ? -1 : 0;
      isBalanced &= open >= 0;
    }
    var encoded = new StringBuilder(address.length());
    for (var i = 0; i < address.length(); i++) {
      var character = address.charAt(i);
      if (isBlank(character) || character == '<' || character == '>') {
        encoded.append(character == '<' ? "%3C" : character == '>' ? "%3E" : "%20");
      } else if ((character == '(' || character == ')') && (!isBalanced || open != 0)) {
        encoded.append(character == '(' ? "%28" : "%29");
      } else {
        encoded.append(character);
      }
    }
    return encoded.toString();
  }

  /** Returns the number of an attribute, or the other one if it has none. */
  static int number(String attribute, int other) {
    var digits = attribute.strip();
    var isNumber =
        !digits.isEmpty()
            && digits.length() <= DIGITS
            && digits.chars().allMatch(character -> character >= '0' && character <= '9');
    return isNumber ? Integer.parseInt(digits) : other;
  }
}
