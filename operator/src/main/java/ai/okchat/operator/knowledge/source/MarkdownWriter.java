package ai.okchat.operator.knowledge.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.Evaluator;
import org.jsoup.select.Selector;
import org.jspecify.annotations.Nullable;

/**
 * Writes the elements of a page as Markdown, with the text exactly as people read it: it escapes
 * only characters that would change or hide text. Time and length grow with the length of the page.
 */
final class MarkdownWriter {

  private static final Evaluator HEADINGS = Selector.evaluatorOf("h1, h2, h3, h4, h5, h6");

  private static final int LONGEST_LINK = 2_048;

  private static final List<String> NO_LINKS =
      List.of("javascript:", "data:", "blob:", "vbscript:");

  private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ";
  private static final String LOWERED = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ";
  private static final String SMALL = "0123456789+-=()n";

  private final MainContent content;
  private final MarkdownBlocks out = new MarkdownBlocks();

  /** Text of the current block. */
  private StringBuilder line = new StringBuilder();

  /** Ends of blocks so far: markers do not span blocks. */
  private int blocks;

  /** Above 0 in cells and headings, where a block has no line of its own. */
  private int inline;

  private boolean isBold;
  private boolean isItalic;
  private @Nullable String link;
  private int linkStart;
  private boolean hasTitle;

  MarkdownWriter(MainContent content) {
    this.content = content;
  }

  boolean hasTitle() {
    return hasTitle;
  }

  String text() {
    endBlock();
    return out.text();
  }

  void write(Node node) {
    if (node instanceof TextNode text) {
      append(MarkdownText.escaped(text.getWholeText()));
    } else if (node instanceof Element element && !content.isOmitted(element)) {
      writeElement(element);
    }
  }

  private void writeElement(Element element) {
    if (element.attr("role").equals("img") && !element.nameIs("img") && !element.hasText()) {
      image(element.attr("aria-label"));
      return;
    }
    switch (element.attr("role").equals("heading") ? "h2" : element.normalName()) {
      case "h1", "h2", "h3", "h4", "h5", "h6" -> heading(element);
      case "br" -> breakLine();
      case "hr" -> hr();
      case "pre", "listing", "xmp" -> codeBlock(element);
      case "code", "tt", "samp" -> code(element);
      case "strong", "b" -> bold(element);
      case "em", "i" -> italic(element);
      case "del", "s", "strike" -> marked(element, "~~");
      case "sup" -> small(element, RAISED);
      case "sub" -> small(element, LOWERED);
      case "q" -> quoted(element, "“", "”");
      case "rt" -> quoted(element, "(", ")");
      case "rp" -> {}
      case "a" -> link(element);
      case "area" -> area(element);
      case "img" -> image(element.attr("alt"));
      case "math" -> math(element);
      case "input" -> checkBox(element);
      case "ul", "ol", "menu", "dir" -> list(element);
      case "li" -> item(element, "- ", false);
      case "dt" -> term(element);
      case "dd" -> item(element, ": ", true);
      case "blockquote" -> container(element, "> ", "> ");
      case "table" -> table(element);
      case "summary", "button" -> question(element);
      default -> other(element);
    }
  }

  private void other(Element element) {
    if (isBlock(element)) {
      endBlock();
      paragraph(content.labelOf(element));
      children(element);
      endBlock();
    } else {
      children(element);
    }
  }

  private void children(Element element) {
    for (var child = element.firstChild(); child != null; child = child.nextSibling()) {
      write(child);
    }
  }

  private static boolean isBlock(Element element) {
    return switch (element.normalName()) {
      case "ins", "svg", "math" -> false;
      case "label" -> !isAmongText(element);
      case "legend" -> true;
      default ->
          element.isBlock()
              || element.attr("role").equals("tab")
              || (element.normalName().contains("-") && !isAmongText(element));
    };
  }

  /** A custom element or a label is part of a line if text is in front of it or follows. */
  private static boolean isAmongText(Element element) {
    return (element.previousSibling() instanceof TextNode before && !before.isBlank())
        || (element.nextSibling() instanceof TextNode after && !after.isBlank());
  }

  // Blocks

  private void endBlock() {
    if (inline > 0) {
      append(" ");
      return;
    }
    endLink();
    linkStart = 0;
    blocks++;
    var text = line.toString().strip();
    line.setLength(0);
    out.write(MarkdownText.withoutMarkers(text));
  }

  private void paragraph(String text) {
    append(MarkdownText.escaped(text));
    endBlock();
  }

  private void container(Element element, String first, String next) {
    endBlock();
    if (inline > 0) {
      append(first.startsWith(">") || first.startsWith(":") ? "" : first);
      children(element);
      endBlock();
      return;
    }
    out.writeWithin(
        first,
        next,
        () -> {
          children(element);
          endBlock();
        });
  }

  private void list(Element list) {
    endBlock();
    var isFirst = true;
    var number = MarkdownText.number(list.attr("start"), 1);
    for (var child = list.firstChild(); child != null; child = child.nextSibling()) {
      if (child instanceof Element item && item.nameIs("li") && !content.isOmitted(item)) {
        number = MarkdownText.number(item.attr("value"), number);
        item(item, list.nameIs("ol") ? number + ". " : "- ", !isFirst || out.isNested());
        number++;
        isFirst = false;
      } else {
        write(child);
      }
    }
    endBlock();
  }

  /** Writes a list item; an item that has a heading arranges the parts of a page. */
  private void item(Element item, String first, boolean isTight) {
    endBlock();
    if (first.startsWith("-") && item.selectFirst(HEADINGS) != null) {
      other(item);
      return;
    }
    if (isTight && inline == 0) {
      out.tighten();
    }
    container(item, first, " ".repeat(first.length()));
  }

  private void heading(Element heading) {
    var name = heading.normalName();
    var level = name.length() == 2 ? name.charAt(1) - '0' : 2;
    if (heading.attr("role").equals("heading")) {
      level = Math.clamp(MarkdownText.number(heading.attr("aria-level"), 2), 1, 6);
    }
    endBlock();
    var text = inline(heading);
    if (inline > 0) {
      line.append(text);
    } else if (!text.isEmpty()) {
      hasTitle |= level == 1;
      out.write("#".repeat(level) + " " + text);
    }
    endBlock();
  }

  /** The question of a panel: a heading if the page has one, else a line in bold. */
  private void question(Element element) {
    if (inline > 0 || element.selectFirst(HEADINGS) != null) {
      endBlock();
      children(element);
    } else {
      endBlock();
      var text = inline(element);
      out.write(text.isEmpty() ? "" : "**" + text + "**");
    }
    endBlock();
  }

  private void term(Element term) {
    endBlock();
    if (inline > 0) {
      children(term);
    } else {
      out.write(MarkdownText.withoutMarkers(inline(term)));
    }
    endBlock();
  }

  private void hr() {
    endBlock();
    if (inline == 0) {
      out.write("---");
    }
  }

  /** Returns the text of an element on one line. */
  private String inline(Element element) {
    var outer = line;
    var outerStart = linkStart;
    var wasBold = isBold;
    var wasItalic = isItalic;
    line = new StringBuilder();
    linkStart = 0;
    isBold = true;
    isItalic = true;
    inline++;
    children(element);
    endLink();
    inline--;
    isBold = wasBold;
    isItalic = wasItalic;
    linkStart = outerStart;
    var text = line.toString().strip();
    line = outer;
    return text;
  }

  // Text

  /** Appends text; blanks in a row become one. */
  private void append(String text) {
    for (var i = 0; i < text.length(); i++) {
      var character = text.charAt(i);
      if (MarkdownText.isBlank(character)) {
        if (!line.isEmpty() && !MarkdownText.isBlank(line.charAt(line.length() - 1))) {
          line.append(' ');
        }
      } else if (!MarkdownText.isInvisible(character)) {
        line.append(character);
      }
    }
  }

  private void breakLine() {
    if (inline > 0) {
      append(" ");
      return;
    }
    stripLine();
    if (!line.isEmpty()) {
      line.append('\n');
    }
  }

  /** Removes the blank at the end; returns whether there was one. */
  private boolean stripLine() {
    var isSpaced = !line.isEmpty() && line.charAt(line.length() - 1) == ' ';
    line.setLength(line.length() - (isSpaced ? 1 : 0));
    return isSpaced;
  }

  private int skipBlanks(int start) {
    var next = start;
    while (next < line.length() && MarkdownText.isBlank(line.charAt(next))) {
      next++;
    }
    return next;
  }

  private void bold(Element element) {
    if (isBold) {
      children(element);
    } else {
      isBold = true;
      marked(element, "**");
      isBold = false;
    }
  }

  private void italic(Element element) {
    if (isItalic) {
      children(element);
    } else {
      isItalic = true;
      marked(element, "*");
      isItalic = false;
    }
  }

  /** Marks text within one block, if the marks are read as such beside what is around them. */
  private void marked(Element element, String mark) {
    var start = line.length();
    var block = blocks;
    children(element);
    start = skipBlanks(start);
    if (blocks != block || start >= line.length() || line.indexOf("\n", start) >= 0) {
      return;
    }
    var isSpaced = stripLine();
    var after = isSpaced ? ' ' : MarkdownText.firstOf(element.nextSibling());
    if (MarkdownText.opens(line, start)
        && MarkdownText.closes(line.charAt(line.length() - 1), after)) {
      line.insert(start, mark).append(mark);
    }
    if (isSpaced) {
      append(" ");
    }
  }

  private void small(Element element, String characters) {
    var start = line.length();
    children(element);
    if (start > line.length()) {
      return;
    }
    var text = line.substring(start);
    if (!text.isEmpty() && text.chars().allMatch(character -> SMALL.indexOf(character) >= 0)) {
      line.setLength(start);
      text.chars().forEach(character -> line.append(characters.charAt(SMALL.indexOf(character))));
    }
  }

  private void quoted(Element element, String before, String after) {
    line.append(before);
    children(element);
    line.append(after);
  }

  private void image(String description) {
    var text = description.strip();
    if (!text.isEmpty() && !text.startsWith("data:")) {
      var isWord = text.codePoints().anyMatch(Character::isLetterOrDigit);
      append(isWord ? " " + MarkdownText.escaped(text) + " " : text);
    }
  }

  private void math(Element math) {
    var source = math.selectFirst("annotation[encoding*=tex]");
    var text = source == null ? math.attr("alttext") : source.wholeText();
    if (text.isBlank()) {
      children(math);
    } else {
      append("$" + text.strip() + "$");
    }
  }

  private void checkBox(Element input) {
    if (input.attr("type").toLowerCase(Locale.ROOT).equals("checkbox")
        && input.closest("li") != null) {
      append(input.hasAttr("checked") ? "[x] " : "[ ] ");
    }
  }

  // Links

  private void link(Element element) {
    if (link != null) {
      children(element);
      return;
    }
    link = address(element);
    linkStart = line.length();
    var start = out.length() + line.length();
    children(element);
    if (start == out.length() + line.length()) {
      append(MarkdownText.escaped(element.attr("aria-label")));
    }
    endLink();
    link = null;
  }

  private void area(Element area) {
    if (area.hasAttr("href") && link == null) {
      link = address(area);
      linkStart = line.length();
      append(MarkdownText.escaped(area.attr("alt")));
      endLink();
      link = null;
      append(" ");
    }
  }

  /** Writes the address of an open link after its first text; its other blocks are plain. */
  private void endLink() {
    var target = link;
    linkStart = skipBlanks(linkStart);
    if (target == null || linkStart >= line.length()) {
      return;
    }
    var isSpaced = stripLine();
    var isAddress =
        line.length() - linkStart == target.length() && line.indexOf(target, linkStart) >= 0;
    var address = isAddress ? "" : out.room(target);
    if (!address.isEmpty()) {
      line.insert(linkStart, '[').append("](").append(address).append(')');
    }
    link = null;
    if (isSpaced) {
      append(" ");
    }
  }

  private @Nullable String address(Element element) {
    var href = element.attr("href").strip();
    var base = element.baseUri();
    if (href.isEmpty()
        || href.length() > LONGEST_LINK
        || NO_LINKS.stream().anyMatch(href.toLowerCase(Locale.ROOT)::startsWith)
        || element.attr("role").equals("doc-backlink")
        || (href.startsWith("#") && (inline > 0 || base.isEmpty()))) {
      return null;
    }
    var absolute = base.length() > LONGEST_LINK ? "" : element.absUrl("href");
    return MarkdownText.destination(absolute.isEmpty() ? href : absolute);
  }

  // Code and tables

  private void code(Element element) {
    var text = CodeText.of(element, content);
    if (inline == 0 && text.strip().indexOf('\n') >= 0 && element.selectFirst("br, div") != null) {
      codeBlock(element);
    } else {
      append(CodeText.span(text));
    }
  }

  private void codeBlock(Element element) {
    endBlock();
    var text = CodeText.of(element, content);
    if (inline > 0) {
      append(CodeText.span(text));
    } else {
      out.write(CodeText.block(text, CodeText.language(element)));
    }
    endBlock();
  }

  private void table(Element table) {
    endBlock();
    if (inline > 0 || !TableGrid.isRegular(table)) {
      children(table);
      endBlock();
      return;
    }
    var grid = TableGrid.of(table, content);
    grid.captions().forEach(this::other);
    if (grid.isData()) {
      out.write(grid.markdown(this::inline, text -> out.room(text).isEmpty() ? "" : text));
    } else {
      grid.rows().forEach(this::layoutRow);
    }
  }

  /** Writes the cells of a row on one line, or as blocks if they have a structure of their own. */
  private void layoutRow(List<Element> cells) {
    if (cells.stream().allMatch(TableGrid::isPlain)) {
      var texts = new ArrayList<String>();
      for (var cell : cells) {
        var text = inline(cell);
        if (!text.isEmpty()) {
          texts.add(text);
        }
      }
      out.write(MarkdownText.withoutMarkers(String.join(" | ", texts)));
    } else {
      cells.forEach(this::other);
    }
  }
}
