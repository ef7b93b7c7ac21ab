package ai.okchat.operator.knowledge.source;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.Evaluator;
import org.jsoup.select.Selector;

/**
 * The rows and cells of a table. A table of data becomes a Markdown table; other tables arrange the
 * parts of a page.
 *
 * @param headers how many rows at the start are headers of columns
 */
record TableGrid(List<Element> captions, List<List<Element>> rows, int headers, boolean isData) {

  private static final int MOST_COLUMNS = 1_000;

  /** Characters of a cell that is repeated in each row that it spans. */
  private static final int REPEATED = 100;

  private static final Evaluator NOT_IN_CELLS = Selector.evaluatorOf("table, pre");
  private static final Evaluator STRUCTURE =
      Selector.evaluatorOf(
          "table, pre, ul, ol, dl, blockquote, details, hr, h1, h2, h3, h4, h5, h6,"
              + " article, section");

  private static final Set<String> GROUPS = Set.of("thead", "tbody", "tfoot", "tr");
  private static final Set<String> PARTS =
      Set.of("caption", "colgroup", "thead", "tbody", "tfoot", "tr");

  /** The text of a cell in the rows that follow. */
  private record Span(String text, int rows) {}

  static TableGrid of(Element table, MainContent content) {
    var captions = new ArrayList<Element>();
    var heads = new ArrayList<List<Element>>();
    var bodies = new ArrayList<List<Element>>();
    var feet = new ArrayList<List<Element>>();
    for (var child : table.children()) {
      switch (content.isOmitted(child) ? "" : child.normalName()) {
        case "caption" -> captions.add(child);
        case "thead" -> child.children().forEach(row -> addRow(row, content, heads));
        case "tbody" -> child.children().forEach(row -> addRow(row, content, bodies));
        case "tfoot" -> child.children().forEach(row -> addRow(row, content, feet));
        default -> addRow(child, content, bodies);
      }
    }
    var headers = heads.size();
    if (headers == 0 && !bodies.isEmpty() && isHeader(bodies.getFirst())) {
      headers = 1;
    }
    heads.addAll(bodies);
    heads.addAll(feet);
    return new TableGrid(captions, heads, headers, isData(heads));
  }

  /**
   * Returns whether all text is in cells. The parser ends elements that are nested too deeply, and
   * their text is then between the cells.
   */
  static boolean isRegular(Element table) {
    for (Node child = table.firstChild(); child != null; child = child.nextSibling()) {
      var isRegular =
          switch (child) {
            case TextNode text -> text.isBlank();
            case Element part when GROUPS.contains(part.normalName()) && isIn(part, table) ->
                isRegular(part);
            case Element part -> isIn(part, table) || !part.hasText();
            default -> true;
          };
      if (!isRegular) {
        return false;
      }
    }
    return true;
  }

  private static boolean isIn(Element part, Element parent) {
    var isCell = part.nameIs("td") || part.nameIs("th");
    return switch (parent.normalName()) {
      case "table" -> !isCell && PARTS.contains(part.normalName());
      case "tr" -> isCell;
      default -> part.nameIs("tr");
    };
  }

  private static void addRow(Element row, MainContent content, List<List<Element>> rows) {
    if (row.nameIs("tr") && !content.isOmitted(row)) {
      var cells = row.children().stream().filter(cell -> !content.isOmitted(cell)).toList();
      if (!cells.isEmpty()) {
        rows.add(cells);
      }
    }
  }

  private static boolean isHeader(List<Element> row) {
    return row.stream().allMatch(cell -> cell.nameIs("th"));
  }

  private static boolean isData(List<List<Element>> rows) {
    var cells = rows.stream().flatMap(List::stream).toList();
    var hasHeaders = cells.stream().anyMatch(cell -> cell.nameIs("th"));
    return rows.stream().anyMatch(row -> row.size() > 1)
        && (rows.size() > 1 || hasHeaders)
        && cells.stream().allMatch(cell -> cell.selectFirst(NOT_IN_CELLS) == null)
        && (hasHeaders || cells.stream().allMatch(TableGrid::isPlain));
  }

  /** Returns whether the text of a cell can be written on one line. */
  static boolean isPlain(Element cell) {
    return cell.selectFirst(STRUCTURE) == null
        && cell.stream().filter(part -> part.isBlock() && !part.ownText().isBlank()).count() < 2;
  }

  /**
   * Returns the table in Markdown.
   *
   * @param text of a cell
   * @param added what the table needs in addition: empty if there is no room for it
   */
  String markdown(Function<Element, String> text, UnaryOperator<String> added) {
    var lines = new ArrayList<List<String>>();
    var spans = new ArrayList<Span>();
    for (var row : rows) {
      lines.add(cells(row, spans, lines.size() < headers, text, added));
    }
    var width = lines.stream().mapToInt(List::size).max().orElse(0);
    var table = new StringBuilder();
    append(table, header(lines.subList(0, headers), width));
    table.append("|---".repeat(width)).append("|\n");
    lines.subList(headers, lines.size()).forEach(line -> append(table, line));
    return table.toString();
  }

  private static List<String> cells(
      List<Element> row,
      List<Span> spans,
      boolean isHeader,
      Function<Element, String> text,
      UnaryOperator<String> added) {
    var line = new ArrayList<String>();
    for (var cell : row) {
      repeat(line, spans, added);
      var content = text.apply(cell).replace("|", "\\|");
      var columns = Math.clamp(MarkdownText.number(cell.attr("colspan"), 1), 1, MOST_COLUMNS);
      var rows = MarkdownText.number(cell.attr("rowspan"), 1) - 1;
      var repeated = content.length() > REPEATED ? "" : content;
      for (var column = 0; column < columns; column++) {
        var inColumn = column == 0 ? content : isHeader ? repeated : "";
        if (column > 0
            && (line.size() >= MOST_COLUMNS || added.apply(inColumn + " | ").isEmpty())) {
          break;
        }
        var span = new Span(column == 0 || isHeader ? repeated : "", rows);
        if (line.size() == spans.size()) {
          spans.add(span);
        } else {
          spans.set(line.size(), span);
        }
        line.add(inColumn);
      }
    }
    repeat(line, spans, added);
    return line;
  }

  /** Fills the columns that cells of rows above span, up to the next free one. */
  private static void repeat(List<String> line, List<Span> spans, UnaryOperator<String> added) {
    while (line.size() < spans.size() && spans.get(line.size()).rows() > 0) {
      var span = spans.get(line.size());
      spans.set(line.size(), new Span(span.text(), span.rows() - 1));
      if (added.apply(span.text() + " | ").isEmpty()) {
        return;
      }
      line.add(span.text());
    }
  }

  /** Several rows of headers become one: a column has the distinct texts above it. */
  private static List<String> header(List<List<String>> lines, int width) {
    var columns = new ArrayList<LinkedHashSet<String>>();
    for (var column = 0; column < width; column++) {
      columns.add(new LinkedHashSet<>());
    }
    for (var line : lines) {
      for (var column = 0; column < line.size(); column++) {
        columns.get(column).add(line.get(column));
      }
    }
    return columns.stream().map(texts -> String.join(" ", texts).strip()).toList();
  }

  private static void append(StringBuilder table, List<String> cells) {
    cells.forEach(cell -> table.append("| ").append(cell).append(cell.isEmpty() ? "" : " "));
    table.append("|\n");
  }
}
