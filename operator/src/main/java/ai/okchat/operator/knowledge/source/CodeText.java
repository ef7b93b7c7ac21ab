package ai.okchat.operator.knowledge.source;

import java.util.List;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/** Reads code line by line, however a generator marks up its lines. */
final class CodeText {

  private static final List<String> PREFIXES =
      List.of("language-", "lang-", "highlight-source-", "highlight-text-", "highlight-");
  private static final Set<String> NO_LANGUAGES =
      Set.of(
          "default",
          "none",
          "text",
          "plaintext",
          "plain",
          "txt",
          "notranslate",
          "wrapper",
          "ko",
          "en",
          "ja",
          "zh",
          "ko-KR",
          "en-US");
  private static final int LANGUAGE_LENGTH = 30;

  /** Levels above the code that may name its language, without those of a table of line numbers. */
  private static final int LEVELS = 4;

  private static final Set<String> TABLE = Set.of("td", "tr", "tbody", "table");

  private CodeText() {}

  /** Returns the text with its lines; without the numbers of lines. */
  static String of(Element code, MainContent content) {
    var text = new StringBuilder();
    append(code, content, text);
    return text.toString();
  }

  private static void append(Node node, MainContent content, StringBuilder text) {
    for (var child = node.firstChild(); child != null; child = child.nextSibling()) {
      if (child instanceof TextNode characters) {
        text.append(characters.getWholeText());
      } else if (child instanceof Element element && !content.isOmitted(element)) {
        append(element, content, text);
      }
    }
    if (node instanceof Element element && isLine(element)) {
      endLine(element, text);
    }
  }

  private static void endLine(Element element, StringBuilder text) {
    if (element.nameIs("br") || (!text.isEmpty() && text.charAt(text.length() - 1) != '\n')) {
      text.append('\n');
    }
  }

  private static boolean isLine(Element element) {
    return switch (element.normalName()) {
      case "br", "div", "p", "li", "tr" -> true;
      case "code" -> isBesideCode(element.previousSibling()) || isBesideCode(element.nextSibling());
      default -> false;
    };
  }

  private static boolean isBesideCode(@Nullable Node node) {
    return node instanceof Element element && element.nameIs("code");
  }

  /** Returns a code span, or nothing if the text is blank. */
  static String span(String code) {
    var text = new StringBuilder();
    for (var i = 0; i < code.length(); i++) {
      var isBlank = MarkdownText.isBlank(code.charAt(i));
      if (!isBlank || (!text.isEmpty() && text.charAt(text.length() - 1) != ' ')) {
        text.append(isBlank ? ' ' : code.charAt(i));
      }
    }
    var stripped = text.toString().strip();
    if (stripped.isEmpty()) {
      return "";
    }
    var fence = "`".repeat(longestRun(stripped) + 1);
    var space = stripped.startsWith("`") || stripped.endsWith("`") ? " " : "";
    return fence + space + stripped + space + fence;
  }

  /** Returns a block between fences; blank lines in a row become one. */
  static String block(String code, String language) {
    var text = new StringBuilder();
    var isBlank = true;
    for (var line : (Iterable<String>) code.replace('\u00A0', ' ').lines()::iterator) {
      var content = line.stripTrailing();
      if (!content.isEmpty() || !isBlank) {
        text.append(content).append('\n');
      }
      isBlank = content.isEmpty();
    }
    if (text.isEmpty()) {
      return "";
    }
    if (isBlank) {
      text.setLength(text.length() - 1);
    }
    var fence = "`".repeat(Math.max(3, longestRun(text) + 1));
    return fence + language + "\n" + text + fence;
  }

  private static int longestRun(CharSequence text) {
    var longest = 0;
    var run = 0;
    for (var i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  /** Returns the language that the code or an element around it names; empty if none does. */
  static String language(Element code) {
    var inner = code.selectFirst("code");
    var language = inner == null ? "" : languageOf(inner);
    Element element = code;
    for (var level = 0; level < LEVELS && element != null && language.isEmpty(); ) {
      language = languageOf(element);
      level += TABLE.contains(element.normalName()) ? 0 : 1;
      element = element.parent();
    }
    return language;
  }

  private static String languageOf(Element element) {
    for (var attribute : List.of("data-lang", "data-language")) {
      if (isLanguage(element.attr(attribute))) {
        return element.attr(attribute);
      }
    }
    for (var name : element.classNames()) {
      for (var prefix : PREFIXES) {
        if (name.startsWith(prefix) && isLanguage(name.substring(prefix.length()))) {
          return name.substring(prefix.length());
        }
      }
    }
    var names = element.classNames().stream().filter(name -> !name.equals("sourceCode")).toList();
    return element.hasClass("sourceCode") && names.size() == 1 && isLanguage(names.getFirst())
        ? names.getFirst()
        : "";
  }

  private static boolean isLanguage(String name) {
    return !name.isEmpty()
        && name.length() <= LANGUAGE_LENGTH
        && !NO_LANGUAGES.contains(name)
        && name.chars()
            .allMatch(letter -> Character.isLetterOrDigit(letter) || "+#._-".indexOf(letter) >= 0);
  }
}
